// Written by scripts/write_player_types.py from backend/messages.py; change that, then run the script.

export type ProtocolVersion = 1;

/** What somebody may do in a room. */
export type Role = "host" | "viewer";

/** Where the live session stands; the player shows each in its own way. */
export type LivePhase = "preview" | "live" | "paused" | "ended";

/** Why a command was refused; a reason the user can act on. */
export type Rejection = "forbidden" | "unknown_product" | "not_live" | "already" | "too_fast" | "malformed" | "unavailable";

/** A product as a card shows it. */
export interface Product {
  product_id: string;
  number: number;
  title: string;
  price_fen: number;
  market_price_fen: number | null;
  stock: number;
  image_url: string;
}

/** The explain card (讲解卡) on air. */
export interface Card {
  product: Product;
  shown_at_ms: number;
}

/** The live session (场次) of a room. */
export interface Live {
  phase: LivePhase;
  session_id: string;
  started_at_ms: number | null;
  is_publishing: boolean;
  reason: string;
}

/** How many viewers are in the room: connections of distinct viewers; no robots, no invented numbers. */
export interface Presence {
  viewers: number;
  peak: number;
}

/** Put the product's card on every viewer's screen, instead of the one that is there. */
export interface ShowCard {
  type: "show_card";
  product_id: string;
}

/** Take the card off. */
export interface HideCard {
  type: "hide_card";
}

/** Begin a live session; while one is live or paused it goes on instead. */
export interface GoLive {
  type: "go_live";
}

/** Say that the host will be right back. */
export interface PauseLive {
  type: "pause_live";
}

/** Go on after a pause. */
export interface ResumeLive {
  type: "resume_live";
}

/** End the live session. */
export interface EndLive {
  type: "end_live";
}

export type Command = ShowCard | HideCard | GoLive | PauseLive | ResumeLive | EndLive;

/** The first message: what the client has seen. `epoch` is empty and `seq` 0 when it has seen nothing. */
export interface Join {
  type: "join";
  epoch?: string;
  seq?: number;
}

/** Keeps the connection and measures the clock: `sent_at_ms`, of the client's own clock, comes back. */
export interface Ping {
  type: "ping";
  sent_at_ms: number;
}

/** A command, under a number of the client's by which the answer names it. */
export interface Act {
  type: "act";
  request_id: number;
  command: ShowCard | HideCard | GoLive | PauseLive | ResumeLive | EndLive;
}

export type ClientMessage = Join | Ping | Act;

/** The card every viewer now sees. */
export interface CardShown {
  type: "card_shown";
  card: Card;
}

/** No card is on air. */
export interface CardHidden {
  type: "card_hidden";
}

/** The live session changed: it began, paused, ended, lost its publisher or got it back. */
export interface LiveChanged {
  type: "live_changed";
  live: Live;
}

/** The catalogue changed; read it again. */
export interface ProductsChanged {
  type: "products_changed";
}

/** How many are in the room, at most once a second. */
export interface PresenceChanged {
  type: "presence_changed";
  presence: Presence;
}

export type ReliableEvent = CardShown | CardHidden | LiveChanged | ProductsChanged;

export type SampledEvent = PresenceChanged;

export type Event = CardShown | CardHidden | LiveChanged | ProductsChanged | PresenceChanged;

/** The server's first words on a connection. */
export interface Hello {
  type: "hello";
  protocol: number;
  server_time_ms: number;
  role: Role;
  user_id: string;
}

/** All that a newcomer needs: the state as of `seq` of this `epoch`. */
export interface Snapshot {
  type: "snapshot";
  epoch: string;
  seq: number;
  title: string;
  live: Live;
  card: Card | null;
  presence: Presence;
}

/** What the client missed follows, each event with its own seq, up to `seq`. */
export interface Resumed {
  type: "resumed";
  epoch: string;
  seq: number;
}

/** An event nobody may miss; `seq` grows by one. */
export interface Reliable {
  type: "reliable";
  seq: number;
  event: CardShown | CardHidden | LiveChanged | ProductsChanged;
}

/** Events a slow client may miss. */
export interface Sampled {
  type: "sampled";
  events: PresenceChanged[];
}

/** The answer to `Ping`. */
export interface Pong {
  type: "pong";
  sent_at_ms: number;
  server_time_ms: number;
}

/** The command was carried out; its effect comes as an event. */
export interface Accepted {
  type: "accepted";
  request_id: number;
}

/** The command was refused and changed nothing; only its sender is told. */
export interface Rejected {
  type: "rejected";
  request_id: number;
  reason: Rejection;
  retry_ms: number;
}

export type ServerMessage = Hello | Snapshot | Resumed | Reliable | Sampled | Pong | Accepted | Rejected;

/** What `POST /api/rooms/<room>/enter` gives: who you are, and how to come in. */
export interface Admission {
  token: string;
  role: Role;
  user_id: string;
  ticket: string;
  socket_path: string;
  whep_path: string;
}

/** What `GET /api/rooms/<room>/products` gives, in the host's order. */
export interface Catalog {
  products: Product[];
}

/** A refusal over HTTP: a word for programs and a sentence with cause and remedy for people. */
export interface Problem {
  error: string;
  message: string;
}
