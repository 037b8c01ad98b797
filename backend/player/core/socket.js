/** The connection to the room: enters, hands out each event once and in order, and reconnects by itself. */

/**
 * @import { Accepted, Act, Admission, ClientMessage, Event, Hello, Pong, ProtocolVersion, Rejected, Reliable, ServerMessage, Snapshot } from "./protocol.js"
 */

import { below } from "./dom.js";
import { BlockedError, LaterError, NoRoomError, Pass, enter } from "./entry.js";

/** @typedef {"connecting" | "open" | "lost" | "held_back" | "no_room" | "outdated" | "blocked"} ConnectionState */
/** `wait_s`: how long `held_back` lasts; 0 otherwise. @typedef {{ type: "connection_changed", state: ConnectionState, wait_s: number }} ConnectionChanged */
/** The page now acts for another user: what was the former user's alone is void. @typedef {{ type: "viewer_changed" }} ViewerChanged */
/**
 * Which account we are signed in to, empty for none; `ended` names one that ended without our doing.
 * @typedef {{ type: "account_changed", account_name: string, ended: string }} AccountChanged
 */
/** @typedef {Event | Snapshot | ConnectionChanged | ViewerChanged | AccountChanged} RoomEvent */
/** @import { Entry } from "./entry.js" */
/** What comes of a command; `lost` where the line broke before the room answered. @typedef {Accepted | Rejected | { type: "lost" }} Answer */

/**
 * @typedef {object} RoomSocketOptions
 * @property {string} room
 * @property {(event: RoomEvent) => void} onEvent
 * @property {(admission: Admission) => void} onAdmission called each time the room lets us in, before the socket opens
 */

/** @type {ProtocolVersion} */
const PROTOCOL_VERSION = 2;
const RETRY_BASE_MS = 500;
const RETRY_CAP_MS = 8_000;
const STABLE_AFTER_MS = 5_000;
/** The close code of a room whose limits we broke (RFC 6455 §7.4.1): coming back at once would break them again. */
const POLICY_VIOLATION = 1008;
const REST_MS = 5_000;
const PING_EVERY_MS = 10_000;
/** While the page loads, answers wait for it, and the clock comes out wrong: the first pings follow sooner. */
const FIRST_PINGS = 4;
const FIRST_PING_EVERY_MS = 1_000;
const SILENT_FOR_MS = 25_000;

export class RoomSocket {
  #options;
  #pass;
  /** @type {WebSocket | null} */
  #socket = null;
  #retry = 0;
  #failures = 0;
  #pinging = 0;
  #openedAt = 0;
  #heardAt = 0;
  #isClosed = false;
  /** Counts what we begin to come in, so that an older try does not overtake a newer one. */
  #turn = 0;
  #requests = 0;
  /** What waits for an answer, by the request's number. @type {Map<number, (answer: Answer) => void>} */
  #waiting = new Map();
  clock = new ServerClock();
  epoch = "";
  seq = 0;
  /** This viewer's id in the room; empty before the first `hello`. */
  userId = "";
  /** Which account the elements know of. @type {string | null} */
  #accountName = null;
  #admittedName = "";
  #ended = "";
  /** @type {ConnectionState} */
  state = "connecting";

  /** @param {RoomSocketOptions} options */
  constructor(options) {
    this.#options = options;
    this.#pass = new Pass(options.room);
    addEventListener("online", () => this.#retryNow());
    addEventListener("storage", ({ key }) => key === this.#pass.accountKey && this.#reenter());
    document.addEventListener("visibilitychange", () => this.#onVisible());
  }

  /** Come in and stay in, until `close`. */
  async open() {
    const turn = this.#begin();
    try {
      const entry = await enter(this.#options.room, this.#pass);
      if (this.#isClosed || turn !== this.#turn) return;
      this.#comeIn(entry);
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error instanceof NoRoomError) this.#become("no_room");
      else if (error instanceof BlockedError) this.#become("blocked");
      else if (error instanceof LaterError) this.#waitOutside(error);
      else this.#retryLater();
    }
  }

  get token() {
    return this.#pass.token;
  }

  /** Become the viewer whom an account admitted; with null a new guest. @param {Admission | null} admission */
  comeBackAs(admission) {
    if (admission) this.#pass.keep(admission);
    else this.#pass.drop();
    this.#ended = "";
    this.#leave();
    if (admission) this.#comeIn({ admission, ended: "" });
    else this.open();
  }

  /** Another tab signed in or out. */
  #reenter() {
    if (this.#isClosed) return;
    this.#leave();
    this.open();
  }

  #leave() {
    this.#begin();
    this.#drop();
    this.#become("connecting");
  }

  #begin() {
    this.#isClosed = false;
    clearTimeout(this.#retry);
    return ++this.#turn;
  }

  /** @param {Entry} entry */
  #comeIn({ admission, ended }) {
    this.#admittedName = admission.account_name;
    this.#ended ||= ended;
    this.#options.onAdmission(admission);
    this.#connect(admission);
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#drop();
  }

  /**
   * Ask the room for something.
   * @param {Act["command"]} command
   * @returns {Promise<Answer>}
   */
  act(command) {
    if (this.state !== "open") return Promise.resolve({ type: "lost" });
    const request_id = ++this.#requests;
    return new Promise((resolve) => {
      this.#waiting.set(request_id, resolve);
      this.#send({ type: "act", request_id, command });
    });
  }

  /** @param {Admission} admission */
  #connect({ socket_path, ticket }) {
    const url = new URL(below(socket_path));
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("ticket", ticket);
    const source = new URLSearchParams(location.search).get("from");
    if (source !== null) url.searchParams.set("from", source);
    // A socket that never opens is no line that held: without this, tries would follow one another ever as soon.
    this.#openedAt = Infinity;
    const socket = new WebSocket(url);
    socket.onopen = () => (this.#openedAt = this.#heardAt = performance.now());
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    socket.onclose = ({ code }) => this.#onClosed(code === POLICY_VIOLATION ? REST_MS : 0);
    this.#socket = socket;
  }

  /** @param {ServerMessage} message */
  #receive(message) {
    this.#heardAt = performance.now();
    switch (message.type) {
      case "hello":
        return this.#onHello(message);
      case "snapshot":
        ({ epoch: this.epoch, seq: this.seq } = message);
        this.#options.onEvent(message);
        return this.#become("open");
      case "resumed":
        return this.#become("open");
      case "reliable":
        return this.#onReliable(message);
      case "sampled":
        return message.events.forEach(this.#options.onEvent);
      case "private":
        this.#options.onEvent(message.event);
        return message.event.type === "you_were_blocked" ? this.#onBlocked() : undefined;
      case "accepted":
      case "rejected":
        return this.#onAnswer(message);
      case "pong":
        return this.clock.measure(message, performance.now());
    }
  }

  /** @param {Accepted | Rejected} answer */
  #onAnswer(answer) {
    this.#waiting.get(answer.request_id)?.(answer);
    this.#waiting.delete(answer.request_id);
  }

  #onBlocked() {
    this.close();
    this.#become("blocked");
  }

  /** @param {Hello} hello */
  #onHello(hello) {
    if (hello.protocol !== PROTOCOL_VERSION) {
      this.close();
      return this.#become("outdated");
    }
    this.#recognize(hello.user_id);
    this.#send({ type: "join", epoch: this.epoch, seq: this.seq });
    this.#keepPinging(FIRST_PINGS);
  }

  /** Another user sees the room from the start. @param {string} userId */
  #recognize(userId) {
    const isOther = this.userId !== "" && this.userId !== userId;
    this.userId = userId;
    if (isOther) {
      [this.epoch, this.seq] = ["", 0];
      this.#options.onEvent({ type: "viewer_changed" });
    }
    if (this.#admittedName === this.#accountName && this.#ended === "") return;
    this.#accountName = this.#admittedName;
    this.#options.onEvent({ type: "account_changed", account_name: this.#admittedName, ended: this.#ended });
    this.#ended = "";
  }

  /**
   * An event seen before is skipped; after a gap the connection is opened again, and the room sends what is missing.
   * @param {Reliable} message
   */
  #onReliable({ seq, event }) {
    if (seq <= this.seq) return;
    if (seq > this.seq + 1) return this.#onClosed();
    this.seq = seq;
    this.#options.onEvent(event);
  }

  /** @param {number} soon how many more pings follow quickly */
  #keepPinging(soon) {
    clearTimeout(this.#pinging);
    this.#pinging = window.setTimeout(() => this.#keepPinging(soon - 1), soon > 0 ? FIRST_PING_EVERY_MS : PING_EVERY_MS);
    this.#ping();
  }

  #ping() {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    if (performance.now() - this.#heardAt > SILENT_FOR_MS) return this.#onClosed();
    this.#send({ type: "ping", sent_at_ms: performance.now() });
  }

  /** @param {ClientMessage} message */
  #send(message) {
    this.#socket?.send(JSON.stringify(message));
  }

  #onClosed(rest_ms = 0) {
    if (performance.now() - this.#openedAt > STABLE_AFTER_MS) this.#failures = 0;
    this.#drop();
    this.#retryLater(rest_ms);
  }

  #drop() {
    clearTimeout(this.#pinging);
    for (const answer of this.#waiting.values()) answer({ type: "lost" });
    this.#waiting.clear();
    if (!this.#socket) return;
    this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  /** @param {LaterError} told */
  #waitOutside({ wait_s, isHeldBack }) {
    this.#retryLater(wait_s * 1000, isHeldBack ? wait_s : 0);
  }

  /** @param {number} rest_ms @param {number} heldBack_s how long the viewer has to wait; 0 where the connection returns as soon as it can */
  #retryLater(rest_ms = 0, heldBack_s = 0) {
    this.#become(heldBack_s ? "held_back" : "lost", heldBack_s);
    const delay_ms = rest_ms + fullJitter(this.#failures++, RETRY_BASE_MS, RETRY_CAP_MS);
    this.#retry = window.setTimeout(() => this.open(), delay_ms);
  }

  #retryNow() {
    if (this.state === "lost") this.open();
  }

  /** A phone that slept may have lost the line without knowing: ask, instead of waiting for the next ping. */
  #onVisible() {
    if (document.hidden) return;
    this.#retryNow();
    this.#ping();
  }

  /** @param {ConnectionState} state */
  #become(state, wait_s = 0) {
    if (this.state === state && wait_s === 0) return;
    this.state = state;
    this.#options.onEvent({ type: "connection_changed", state, wait_s });
  }
}

/** The server's clock, derived from the page's by the ping with the shortest round trip. */
export class ServerClock {
  /** Server time minus `performance.now()`, in ms; null before the first measurement. @type {number | null} */
  offset_ms = null;
  #bestRoundTrip = Infinity;

  /**
   * @param {Pong} pong
   * @param {number} now `performance.now()`
   */
  measure(pong, now) {
    const roundTrip = now - pong.sent_at_ms;
    // Older measurements count less with time: clocks drift.
    this.#bestRoundTrip *= 1.2;
    if (roundTrip > this.#bestRoundTrip) return;
    this.#bestRoundTrip = roundTrip;
    this.offset_ms = pong.server_time_ms + roundTrip / 2 - now;
  }

  /** The server's time now, in ms since 1970; null while unknown. */
  now() {
    return this.offset_ms === null ? null : performance.now() + this.offset_ms;
  }
}

/**
 * How long to wait before trying again: anything up to a bound that doubles, so that a crowd does not come back at once.
 * @param {number} failures
 * @param {number} base_ms
 * @param {number} cap_ms
 */
export const fullJitter = (failures, base_ms, cap_ms) => Math.random() * Math.min(cap_ms, base_ms * 2 ** failures);
