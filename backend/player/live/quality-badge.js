/** How well the picture comes through: bars, its layer and the latency; a tap shows the figures, and the layers to choose from. */

/** @import { MediaStats } from "../core/stats.js" */
/** @typedef {{ type: "stats_measured", stats: MediaStats }} StatsMeasured */
/** @import { ViewerLayer } from "../core/protocol.js" */
/** @import { LayerChanged } from "./layer-follower.js" */
/** Detail of the event `choose-layer`. @typedef {{ height: number | null }} LayerChosen */
/** @typedef {"good" | "fair" | "poor"} Quality */

import { find } from "../core/dom.js";
import { duration } from "../core/format.js";
import { heightOf } from "./layer-follower.js";
import { t, translate } from "./texts.js";

/** From the worst that still counts as good, and as fair. */
const LIMITS = {
  good: { fps: 20, loss: 0.02, latency_ms: 600 },
  fair: { fps: 12, loss: 0.08, latency_ms: 1500 },
};
/** A round trip to our own relay that takes this long waits in the viewer's line. */
const SLOW_RTT_MS = 400;
/** One bad reading is no weak line, and one good one no strong one. */
const READINGS_IN_A_ROW = 2;
/** What HLS of segments of 2 s comes to; the browser does not say. */
const HLS_BEHIND_S = 8;
const NOTICE_MS = 5_000;

/** Events out: `look` when the figures are opened, `choose-layer` with a `LayerChosen`. */
export class QualityBadge extends HTMLElement {
  static translate = translate;
  static markup = `
    <button class="quality__button" type="button" aria-expanded="false" aria-controls="quality-details">
      <span class="quality__bars" aria-hidden="true"><i></i><i></i><i></i></span>
      <span class="quality__latency"></span>
    </button>
    <div class="quality__details" id="quality-details" tabindex="0" role="group" data-label="quality_details" hidden>
      <p class="quality__line" hidden><strong></strong><span></span></p>
      <dl>
        <div><dt data-text="quality_latency"></dt><dd data-figure="latency"></dd></div>
        <div><dt data-text="quality_picture"></dt><dd data-figure="picture"></dd></div>
        <div><dt data-text="quality_bitrate"></dt><dd data-figure="bitrate"></dd></div>
        <div><dt data-text="quality_loss"></dt><dd data-figure="loss"></dd></div>
        <div><dt data-text="quality_rtt"></dt><dd data-figure="rtt"></dd></div>
        <div><dt data-text="quality_freezes"></dt><dd data-figure="freezes"></dd></div>
      </dl>
      <p class="quality__source"></p>
      <fieldset class="quality__layers" hidden><legend data-text="quality_choice"></legend></fieldset>
    </div>
    <p class="quality__notice" role="status"></p>
  `;

  #button = find(this, ".quality__button", HTMLButtonElement);
  #details = find(this, ".quality__details", HTMLElement);
  #layers = find(this, ".quality__layers", HTMLFieldSetElement);
  #notice = find(this, ".quality__notice", HTMLElement);
  #noticing = 0;
  /** @type {ViewerLayer | null} */
  #layer = null;
  #isLineWeak = false;
  /** @type {MediaStats["transport"]} */
  #transport = null;
  /** How many readings in a row say the opposite of `#isLineWeak`. */
  #opposed = 0;

  connectedCallback() {
    this.#layers.onchange = ({ target }) => target instanceof HTMLInputElement && this.#choose(Number(target.value) || null);
    this.#button.onclick = () => this.#toggle(this.#details.hidden === true);
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.#toggle(false));
    document.addEventListener("click", ({ target }) => {
      if (target instanceof Node && !this.contains(target)) this.#toggle(false);
    });
  }

  /** @param {StatsMeasured | LayerChanged} event */
  apply(event) {
    if (event.type === "stats_measured") this.#onStats(event.stats);
    else this.#onLayer(event.layer);
  }

  /** @param {MediaStats} stats */
  #onStats(stats) {
    const { video, latency_ms, latency_source } = stats;
    this.hidden = video === null || video.frames_decoded === 0;
    if (this.hidden || !video) return;
    const quality = qualityOf(stats);
    this.dataset["quality"] = quality;
    this.#weigh(isLineWeak(stats));
    const line = this.#line(stats.transport, heightOf(video));
    const words = line?.words ?? t(`quality_${quality}`);
    const latency = latency_ms !== null && latency_source === "measured" ? duration(latency_ms) : "";
    const height = this.#isLayered(stats.transport) ? `${heightOf(video)}p` : "";
    const shown = (line ? [words, height] : [height, latency]).filter(Boolean).join(" · ");
    find(this, ".quality__latency", HTMLElement).textContent = shown;
    find(this, ".quality__line", HTMLElement).hidden = line === null;
    find(this, ".quality__line strong", HTMLElement).textContent = line?.title ?? "";
    find(this, ".quality__line span", HTMLElement).textContent = line?.hint ?? "";
    this.#follow(stats.transport);
    this.#button.setAttribute("aria-label", t("quality_open", { quality: (line ? [shown] : [words, shown]).filter(Boolean).join(" · ") }));
    this.#button.title = words;
    this.#fill(stats, video);
  }

  /** What is to be said of the line; null where all is well. @param {MediaStats["transport"]} transport @param {number} height */
  #line(transport, height) {
    const words = t("quality_line");
    if (this.#isLayered(transport) && this.#layer?.is_held_down) {
      return { words, title: t("quality_held_title", { height }), hint: t("quality_held_hint") };
    }
    if (this.#isLineWeak) return { words, title: t("quality_line_title"), hint: t("quality_line_hint") };
    if (transport === "tcp") return { words: t("quality_backup"), title: t("quality_tcp"), hint: t("quality_tcp_hint") };
    if (transport === "hls") return { words: t("quality_behind", { seconds: String(HLS_BEHIND_S) }), title: t("quality_hls"), hint: t("quality_hls_hint") };
    return null;
  }

  /** By the other ways the layer is nobody's choice. @param {MediaStats["transport"]} transport */
  #isLayered(transport) {
    return transport !== "tcp" && transport !== "hls" && this.#layer !== null && this.#layer.heights.length > 1;
  }

  /** @param {MediaStats["transport"]} transport */
  #follow(transport) {
    this.#layers.hidden = !this.#isLayered(transport);
    if (transport === this.#transport) return;
    this.#transport = transport;
    this.#say(transport === "tcp" || transport === "hls" ? t(`quality_${transport}`) : "");
  }

  /** @param {ViewerLayer} layer */
  #onLayer(layer) {
    const before = this.#layer;
    this.#layer = layer;
    if (before?.heights.join() !== layer.heights.join()) this.#offer(layer.heights);
    const { choice, heights } = layer;
    const chosen = choice === null ? "" : String(heights.find((one) => one <= choice) ?? heights.at(-1));
    for (const input of this.#layers.querySelectorAll("input")) input.checked = input.value === chosen;
    if (layer.is_held_down !== (before?.is_held_down ?? false)) this.#say(t(layer.is_held_down ? "quality_held" : "quality_back", { height: layer.height }));
  }

  /** @param {number[]} heights */
  #offer(heights) {
    this.#layers.hidden = !this.#isLayered(this.#transport);
    const choices = ["", ...heights.map(String)].map((value) => {
      const input = Object.assign(document.createElement("input"), { type: "radio", name: "picture-height", value });
      const choice = document.createElement("label");
      choice.append(input, value ? `${value}p` : t("quality_auto"));
      return choice;
    });
    this.#layers.replaceChildren(find(this.#layers, "legend", HTMLElement), ...choices);
  }

  /** @param {number | null} height */
  #choose(height) {
    /** @type {LayerChosen} */
    const detail = { height };
    this.dispatchEvent(new CustomEvent("choose-layer", { detail }));
  }

  /** Once a change, for a moment. @param {string} text */
  #say(text) {
    clearTimeout(this.#noticing);
    this.#notice.textContent = text;
    this.#noticing = window.setTimeout(() => (this.#notice.textContent = ""), NOTICE_MS);
  }

  /** @param {boolean} isWeak by the newest reading */
  #weigh(isWeak) {
    this.#opposed = isWeak === this.#isLineWeak ? 0 : this.#opposed + 1;
    if (this.#opposed < READINGS_IN_A_ROW) return;
    this.#isLineWeak = isWeak;
    this.#opposed = 0;
  }

  /**
   * @param {MediaStats} stats
   * @param {NonNullable<MediaStats["video"]>} video
   */
  #fill({ latency_ms, latency_source, rtt_ms }, video) {
    // Without the sender's clock only buffer and network are known: the lower bound of the latency.
    const least = latency_source === "estimated" ? "≥ " : "";
    this.#set("latency", latency_ms === null ? "–" : least + duration(latency_ms));
    this.#set("picture", `${video.width}×${video.height} · ${Math.round(video.fps)} fps`);
    this.#set("bitrate", `${Math.round(video.bitrate_kbps)} kbit/s`);
    this.#set("loss", `${(video.loss * 100).toFixed(1)}%`);
    this.#set("rtt", rtt_ms === null ? "–" : duration(rtt_ms));
    this.#set("freezes", String(video.freeze_count));
    find(this, ".quality__source", HTMLElement).textContent = t(`quality_latency_${latency_source ?? "unknown"}`);
  }

  /** @param {string} name @param {string} text */
  #set(name, text) {
    find(this, `[data-figure=${name}]`, HTMLElement).textContent = text;
  }

  /** @param {boolean} isOpen */
  #toggle(isOpen) {
    if (isOpen) this.dispatchEvent(new CustomEvent("look"));
    this.#details.hidden = !isOpen;
    this.#button.setAttribute("aria-expanded", String(isOpen));
  }
}

/**
 * @param {MediaStats} stats
 * @returns {Quality}
 */
export function qualityOf({ video, latency_ms }) {
  /** @param {typeof LIMITS.good} limit */
  const isWithin = (limit) =>
    video !== null && video.fps >= limit.fps && video.loss <= limit.loss && (latency_ms ?? 0) <= limit.latency_ms;
  if (isWithin(LIMITS.good)) return "good";
  return isWithin(LIMITS.fair) ? "fair" : "poor";
}

/**
 * Whether it is the viewer's own line that spoils the picture: bytes come, and much of them is lost or waits on the way from the relay.
 * @param {Pick<MediaStats, "video" | "rtt_ms">} stats
 */
export function isLineWeak({ video, rtt_ms }) {
  if (!video || video.bitrate_kbps === 0) return false;
  return video.loss > LIMITS.fair.loss || (video.fps < LIMITS.good.fps && (rtt_ms ?? 0) > SLOW_RTT_MS);
}
