/** Puts the player together: the connections to the room and the picture on one side, the elements on the other. */

/**
 * @import { Live, Snapshot } from "./core/protocol.js"
 * @import { ConnectionState, RoomEvent } from "./core/socket.js"
 * @import { MediaStats } from "./core/stats.js"
 */

import { below, find } from "./core/dom.js";
import { pickLanguage, translate } from "./core/i18n.js";
import { RoomSocket } from "./core/socket.js";
import { RoomHeader } from "./live/room-header.js";
import { VideoStage } from "./live/video-stage.js";
import { WhepClient } from "./live/whep.js";

/** @import { Fallback } from "./live/fallback.js" */
/** @import { MediaChanged } from "./live/whep.js" */
/** @import { Panel, Tools } from "./core/feature.js" */
/**
 * What `window.livestall.stats()` gives to tests and benchmarks: the media's figures (`stats.js`), and where the lines stand.
 * @typedef {MediaStats & { first_frame_ms: number | null, connection: ConnectionState, epoch: string, seq: number, clock_offset_ms: number | null }} PlayerStats
 */

const MEASURE_EVERY_MS = 2_000;
const LOAD_AGAIN_AFTER_MS = 5_000;
/** An element that joins after more events than this misses the crowd's oldest danmu. */
const BACKLOG_AT_MOST = 500;

class Player {
  #stage = find(document, "video-stage", VideoStage);
  /** @type {Panel[]} */
  #panels = [this.#stage, find(document, "room-header", RoomHeader)];
  /** What elements that join later get first: the last snapshot and the events after it. @type {RoomEvent[]} */
  #backlog = [];
  /** @type {Promise<void> | null} */
  #features = null;
  /** @type {Promise<void> | null} */
  #card = null;
  /** @type {Promise<void> | null} */
  #chat = null;
  /** What goes on as soon as the room is connected again. @type {(() => void)[]} */
  #awaitingRoom = [];
  #isComplete = false;
  #room;
  #paths = { whep: "", live: "" };
  #epoch = "";
  #whep;
  #isExpected = false;
  /** What brings the picture once WebRTC does not. @type {Fallback | null} */
  #fallback = null;
  /** @type {Promise<Fallback> | null} */
  #loadingFallback = null;
  #socket;

  /** @param {string} room */
  constructor(room) {
    this.#room = room;
    this.#whep = new WhepClient(
      (event) => this.#onWhep(event),
      () => this.#fallBack(true),
    );
    this.#socket = new RoomSocket({
      room,
      onEvent: (event) => this.#apply(event),
      onAdmission: ({ whep_path, live_path }) => this.#onAdmission({ whep: below(whep_path), live: below(live_path) }),
    });
  }

  /** What the first frame needs comes first: the offer is made while the answer to `enter` is on its way. The rest follows. */
  start() {
    this.#socket.open();
    this.#whep.prepare();
    this.#loadControls();
    this.#stage.addEventListener("picture", () => this.#onFirstFrame(), { once: true });
  }

  get #media() {
    return this.#fallback ?? this.#whep;
  }

  /** @returns {Promise<() => Promise<PlayerStats>>} a reader of its own: rates count from its last reading */
  async statsReader() {
    const { StatsReader } = await this.#untilReached(() => import("./core/stats.js"));
    const reader = new StatsReader(this.#socket.clock);
    return async () => ({
      ...reader.read(await this.#media.stats()),
      first_frame_ms: this.#stage.firstFrameMs,
      connection: this.#socket.state,
      epoch: this.#socket.epoch,
      seq: this.#socket.seq,
      clock_offset_ms: this.#socket.clock.offset_ms,
    });
  }

  /** The picture is asked for beside the room's socket, not after it. @param {{ whep: string, live: string }} paths */
  #onAdmission(paths) {
    const isFirst = this.#paths.whep === "";
    this.#paths = paths;
    if (!isFirst) return;
    this.#whep.open(paths.whep);
    // Chat and card come with the room's snapshot. A browser has six connections to us: their files go behind the offer.
    this.#whep.offered.then(() => {
      askForChat();
      this.#chat ??= this.#loadChat();
      this.#card ??= this.#loadCard();
    });
  }

  /** @param {RoomEvent} event */
  #apply(event) {
    if (event.type === "snapshot") this.#onSnapshot(event);
    if (event.type === "live_changed") this.#watch(event.live);
    if (event.type === "connection_changed") this.#onConnection(event.state);
    for (const panel of this.#panels) panel.apply(event);
    this.#record(event);
  }

  /** @param {ConnectionState} state */
  #onConnection(state) {
    if (state === "blocked") this.#media.close();
    if (state === "open") for (const goOn of this.#awaitingRoom.splice(0)) goOn();
  }

  /** Record an event for the elements that join later. @param {RoomEvent} event */
  #record(event) {
    if (this.#isComplete) return;
    if (event.type === "snapshot") this.#backlog = this.#backlog.filter(({ type }) => type === "account_changed");
    this.#backlog.push(event);
    if (this.#backlog.length <= BACKLOG_AT_MOST) return;
    const chatter = this.#backlog.findIndex(({ type }) => type === "danmu_sent");
    if (chatter >= 0) this.#backlog.splice(chatter, 1);
  }

  /** @param {Panel[]} panels */
  #join(...panels) {
    for (const event of this.#backlog) for (const panel of panels) panel.apply(event);
    this.#panels.push(...panels);
  }

  /** @param {MediaChanged} event */
  #onWhep(event) {
    if (event.state === "failing") this.#fallBack(true);
    if (event.state === "unsupported" || event.state === "no_h264") this.#fallBack(false);
    if (this.#fallback) this.#fallback.apply(event);
    else this.#onMedia(event);
  }

  /** WebRTC does not get through. @param {boolean} canTry whether it may later */
  async #fallBack(canTry) {
    const fallback = await (this.#loadingFallback ??= this.#loadFallback());
    fallback.begin(canTry);
  }

  async #loadFallback() {
    const { Fallback } = await this.#untilReached(() => import("./live/fallback.js"));
    this.#fallback = new Fallback(this.#whep, this.#paths, find(this.#stage, "video", HTMLVideoElement), (event) => this.#onMedia(event));
    this.#fallback.isExpected = this.#isExpected;
    return this.#fallback;
  }

  /** @param {MediaChanged} event */
  #onMedia(event) {
    this.#stage.apply(event);
    // Where no first frame comes soon, or none ever, the rest does not wait for it.
    if (event.state !== "off" && event.state !== "connecting" && event.state !== "receiving") this.#features ??= this.#loadFeatures();
  }

  #onFirstFrame() {
    this.#features ??= this.#loadFeatures();
    this.#showQuality();
  }

  /**
   * A new epoch means a new backend, and mostly a new relay without our session: waiting until the picture stalls is of no use.
   * @param {Snapshot} snapshot
   */
  #onSnapshot({ epoch, live }) {
    const isNewBackend = this.#epoch !== "" && this.#epoch !== epoch;
    this.#epoch = epoch;
    if (isNewBackend) this.#media.doubt();
    this.#watch(live);
    // Where there is no first frame to come, nothing has to wait for it.
    if (live.phase !== "live" || !live.is_publishing) this.#features ??= this.#loadFeatures();
  }

  /** @param {Live} live */
  #watch({ phase, is_publishing }) {
    const isOn = phase === "live" || phase === "paused";
    if (isOn) this.#media.open(this.#paths.whep);
    else this.#media.close();
    this.#media.isExpected = this.#isExpected = isOn && is_publishing;
  }

  /** The chat does not wait for the picture: on a slow line it is there first. */
  async #loadChat() {
    this.#join(...(await this.#untilReached(async () => (await import("./chat/chat.js")).startChat(this.#tools()))));
  }

  async #loadCard() {
    this.#join(await this.#untilReached(async () => (await import("./shop/shop.js")).startShop()));
  }

  /** Danmu, likes, gifts and the rest. */
  async #loadFeatures() {
    const { startFeatures } = await this.#untilReached(async () => {
      const features = await import("./main-features.js");
      await features.loadStyles();
      return features;
    });
    await (this.#chat ??= this.#loadChat());
    await (this.#card ??= this.#loadCard());
    this.#join(...startFeatures(this.#tools()));
    this.#isComplete = true;
    this.#backlog = [];
  }

  /** @returns {Tools} */
  #tools() {
    const socket = this.#socket;
    return {
      room: this.#room,
      clock: socket.clock,
      userId: () => socket.userId,
      token: () => socket.token,
      act: socket.act.bind(socket),
      comeBackAs: socket.comeBackAs.bind(socket),
    };
  }

  /**
   * Where the line breaks while something loads, it is asked for again when the room is back, or after a while.
   * @template T
   * @param {() => Promise<T>} load
   * @returns {Promise<T>}
   */
  async #untilReached(load) {
    for (;;) {
      try {
        return await load();
      } catch {
        await new Promise((resolve) => {
          this.#awaitingRoom.push(() => resolve(null));
          setTimeout(resolve, LOAD_AGAIN_AFTER_MS);
        });
      }
    }
  }

  async #loadControls() {
    const { StageControls } = await import("./live/stage-controls.js");
    customElements.define("stage-controls", StageControls);
    const controls = find(document, "stage-controls", StageControls);
    this.#stage.addEventListener("sound", (event) => controls.apply(/** @type {CustomEvent} */ (event).detail));
  }

  async #showQuality() {
    const show = await this.#untilReached(async () => (await import("./live/quality.js")).startQuality(this.#socket.act.bind(this.#socket), this.#whep));
    const read = await this.statsReader();
    await read();
    window.setInterval(async () => show(await read()), MEASURE_EVERY_MS);
  }
}

/** All files of the chat in one round, not each when another names it. */
function askForChat() {
  for (const link of document.querySelectorAll("link[data-beside]")) {
    if (!(link instanceof HTMLLinkElement)) continue;
    // One that does not come is asked for again by who needs it.
    link.onerror = () => link.remove();
    link.rel = link.dataset["beside"] ?? "";
  }
}

document.documentElement.lang = pickLanguage(navigator.languages) === "zh" ? "zh-CN" : "en";
translate(document);
customElements.define("video-stage", VideoStage);
customElements.define("room-header", RoomHeader);
const player = new Player(decodeURIComponent(location.pathname.split("/").at(-1) ?? ""));
player.start();

/** @type {Promise<() => Promise<PlayerStats>> | null} */
let reader = null;
Object.assign(window, { livestall: { stats: async () => (await (reader ??= player.statsReader()))() } });
