/** The red packet that the room shows, as far as it concerns this viewer; pure. */

/** @import { Campaign, MyPart, RedPacketShown } from "../../core/protocol.js" */
/** @import { RoomEvent } from "../../core/socket.js" */

/** Where a packet is: by the server's clock, not by when its next message comes. @typedef {"none" | "waiting" | "open" | "over"} Stage */

const OVER = ["closing", "drawing", "ended", "void"];

export class PacketModel {
  /** The newest packet. @type {Campaign | null} */
  campaign = null;
  /** What this viewer has of it; null where nobody asked yet. @type {MyPart | null} */
  part = null;
  /** The seal that was seen before the start; null where this page came later. @type {string | null} */
  noted = null;
  #sessionId = "";
  /** Whether this page saw the packet before it was over. */
  wasSeen = false;

  /** Take in what came. @param {RoomEvent} event @returns {boolean} whether it changed something here */
  apply(event) {
    switch (event.type) {
      case "snapshot": {
        this.#sessionId = event.live.session_id;
        const packets = event.campaigns.filter(({ detail }) => detail.kind === "red_packet");
        const newest = packets.at(-1) ?? null;
        if (newest === null) this.campaign = null;
        else this.#take(newest);
        return true;
      }
      case "campaign_changed":
        if (event.campaign.detail.kind !== "red_packet") return false;
        return this.#take(event.campaign);
      case "live_changed": {
        const { session_id } = event.live;
        if (session_id === "" || session_id === this.#sessionId) return false;
        // A new live begins without the packet of the last one.
        this.#sessionId = session_id;
        this.campaign = null;
        return true;
      }
      case "viewer_changed":
        this.part = null;
        return true;
      default:
        return false;
    }
  }

  /** @param {Campaign} campaign */
  #take(campaign) {
    const known = this.campaign;
    const isSame = known?.campaign_id === campaign.campaign_id;
    // Ids grow with time.
    if (known !== null && (isSame ? known.version >= campaign.version : known.campaign_id > campaign.campaign_id)) return false;
    if (!isSame) [this.part, this.noted, this.wasSeen] = [null, null, false];
    this.campaign = campaign;
    if (!OVER.includes(campaign.phase)) this.wasSeen = true;
    if (campaign.phase === "preheat") this.noted ??= this.packet?.commitment ?? null;
    return true;
  }

  /** @returns {RedPacketShown | null} */
  get packet() {
    const detail = this.campaign?.detail;
    return detail?.kind === "red_packet" ? detail : null;
  }

  /** @param {number | null} now_ms the server's time; null while it is not known @returns {Stage} */
  stage(now_ms) {
    const { campaign, packet } = this;
    if (campaign === null || packet === null || now_ms === null) return "none";
    if (OVER.includes(campaign.phase) || packet.left === 0 || now_ms >= campaign.closes_at_ms) return "over";
    return now_ms < campaign.opens_at_ms ? "waiting" : "open";
  }

  /** When the stage changes by time alone; null where it does not. @param {number | null} now_ms */
  nextAt(now_ms) {
    const stage = this.stage(now_ms);
    if (this.campaign === null) return null;
    return stage === "waiting" ? this.campaign.opens_at_ms : stage === "open" ? this.campaign.closes_at_ms : null;
  }

  /** Whether this viewer could still get a share. @param {number | null} now_ms */
  mayClaim(now_ms) {
    return this.stage(now_ms) === "open" && !this.part?.is_in;
  }
}
