/** What the browser counts, made into figures: for the quality badge, for tests, and for benchmarks. */

/** @import { ServerClock } from "./socket.js" */

/**
 * @typedef {object} VideoStats
 * @property {string} codec such as video/H264
 * @property {number} width
 * @property {number} height
 * @property {number} fps frames decoded a second, since the last reading
 * @property {number} frames_decoded
 * @property {number} frames_dropped
 * @property {number} freeze_count
 * @property {number} bitrate_kbps since the last reading
 * @property {number} loss share of packets lost since the last reading, 0 to 1
 * @property {number} packets_lost
 * @property {number} nack_count
 * @property {number} pli_count
 * @property {number} jitter_buffer_ms how long a frame waited, since the last reading
 */

/**
 * @typedef {object} AudioStats
 * @property {string} codec such as audio/opus
 * @property {number} channels
 * @property {number} energy total, grows while something sounds
 * @property {number} packets_received
 * @property {number} packets_lost
 * @property {number} concealed_samples
 */

/**
 * @typedef {object} MediaStats
 * @property {VideoStats | null} video null without a stream
 * @property {AudioStats | null} audio
 * @property {number | null} rtt_ms
 * @property {number | null} latency_ms
 * @property {"measured" | "estimated" | null} latency_source measured: the sender's clock against ours; estimated: buffer and half the round trip
 * @property {"udp" | "tcp" | "hls" | null} transport by which the media comes; null while unknown
 * @property {number | null} skew_ms how much later the picture plays than its sound
 */

/** From 1900 (NTP, RFC 5905 §6) to 1970. */
const NTP_TO_UNIX_MS = 2_208_988_800_000;
const BELIEVABLE_LATENCY_MS = 10_000;

/** Reads figures; remembers the reading before, so that rates can be told. */
export class StatsReader {
  #clock;
  /** @type {Map<string, any>} */
  #before = new Map();

  /** @param {Pick<ServerClock, "now">} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * @param {RTCStatsReport | Map<string, any> | null} report
   * @returns {MediaStats}
   */
  read(report) {
    const reports = new Map(report ?? []);
    const video = one(reports, (r) => r.type === "inbound-rtp" && r.kind === "video");
    const audio = one(reports, (r) => r.type === "inbound-rtp" && r.kind === "audio");
    const pair = one(reports, (r) => r.type === "candidate-pair" && r.nominated && r.state === "succeeded");
    const rtt_ms = pair?.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000;
    const figures = video ? this.#video(video, reports) : null;
    const result = {
      video: figures,
      audio: audio ? this.#audio(audio, reports) : null,
      rtt_ms,
      ...this.#latency(video, figures, rtt_ms),
      transport: reports.get(pair?.localCandidateId)?.protocol ?? null,
      skew_ms: skew(video, audio),
    };
    this.#before = reports;
    return result;
  }

  /**
   * @param {any} now
   * @param {Map<string, any>} reports
   * @returns {VideoStats}
   */
  #video(now, reports) {
    const grown = growth(now, this.#before.get(now.id));
    const seconds = grown("timestamp") / 1000;
    const expected = grown("packetsReceived") + grown("packetsLost");
    return {
      codec: reports.get(now.codecId)?.mimeType ?? "",
      width: now.frameWidth ?? 0,
      height: now.frameHeight ?? 0,
      fps: ratio(grown("framesDecoded"), seconds),
      frames_decoded: now.framesDecoded ?? 0,
      frames_dropped: now.framesDropped ?? 0,
      freeze_count: now.freezeCount ?? 0,
      bitrate_kbps: ratio(grown("bytesReceived") * 8, seconds * 1000),
      loss: Math.max(0, ratio(grown("packetsLost"), expected)),
      packets_lost: now.packetsLost ?? 0,
      nack_count: now.nackCount ?? 0,
      pli_count: now.pliCount ?? 0,
      jitter_buffer_ms: ratio(grown("jitterBufferDelay") * 1000, grown("jitterBufferEmittedCount")),
    };
  }

  /**
   * @param {any} now
   * @param {Map<string, any>} reports
   * @returns {AudioStats}
   */
  #audio(now, reports) {
    const codec = reports.get(now.codecId);
    return {
      codec: codec?.mimeType ?? "",
      channels: codec?.channels ?? 0,
      energy: now.totalAudioEnergy ?? 0,
      packets_received: now.packetsReceived ?? 0,
      packets_lost: now.packetsLost ?? 0,
      concealed_samples: now.concealedSamples ?? 0,
    };
  }

  /**
   * The sender's clock runs by its sender reports. Where it cannot be the server's (the answer is below what buffer and line
   * alone take, or absurd), the estimate stands instead.
   * @param {any} report
   * @param {VideoStats | null} figures
   * @param {number | null} rtt_ms
   * @returns {Pick<MediaStats, "latency_ms" | "latency_source">}
   */
  #latency(report, figures, rtt_ms) {
    if (!figures || figures.frames_decoded === 0) return { latency_ms: null, latency_source: null };
    const estimated = figures.jitter_buffer_ms + (rtt_ms ?? 0) / 2;
    const measured = playoutLatency(report, this.#clock.now());
    if (measured !== null && measured >= estimated - 5 && measured < BELIEVABLE_LATENCY_MS) {
      return { latency_ms: measured, latency_source: "measured" };
    }
    return { latency_ms: estimated, latency_source: "estimated" };
  }
}

/**
 * @param {any} report
 * @param {number | null} serverNow
 */
function playoutLatency(report, serverNow) {
  if (serverNow === null || !report?.estimatedPlayoutTimestamp) return null;
  return serverNow - (report.estimatedPlayoutTimestamp - NTP_TO_UNIX_MS);
}

/** @param {any} video @param {any} audio */
function skew(video, audio) {
  if (!video?.estimatedPlayoutTimestamp || !audio?.estimatedPlayoutTimestamp) return null;
  return audio.estimatedPlayoutTimestamp - video.estimatedPlayoutTimestamp;
}

/** @param {Map<string, any>} reports @param {(report: any) => boolean} matches */
const one = (reports, matches) => [...reports.values()].find(matches);

/**
 * How much a counter grew; 0 at the first reading, and never below 0: a new connection counts from the beginning.
 * @param {any} now
 * @param {any} before
 */
const growth = (now, before) => (/** @type {string} */ name) =>
  before ? Math.max(0, (now[name] ?? 0) - (before[name] ?? 0)) : 0;

/** @param {number} part @param {number} whole */
const ratio = (part, whole) => (whole > 0 ? part / whole : 0);
