/** The shop's API, as the sheets use it. */

/**
 * @import { AskQuote, Attempt, Attempts, AddressBook, Case, CasesPage, CoinHistory, CoinShop, FoundOrder, LegalNames, MessagesPage, MyCoupons, MyPart, MyPrizes, Order, OrdersPage, PaymentMethods, Quote, ShopProducts, Unread, WantedLine } from "../core/protocol.js"
 */

import { below } from "../core/dom.js";

/**
 * Why the shop did not do it (RFC 9457), with the members that some kinds have.
 * @typedef {{ type: string, title: string, status: number, detail: string, quote?: Quote, sku_id?: string, left?: number, field?: string, numbers?: string[], has_bid?: boolean, ended_at_ms?: number, most_orders?: number, most_units?: number, is_guest?: boolean, ms?: number, limit?: number }} Refusal
 */

/**
 * What comes of a request. `unreachable` where no answer came, so that a write may have been done or not; `retry_s` is 0 where the shop says nothing of it.
 * @template T
 * @typedef {{ type: "done", value: T } | { type: "refused", refusal: Refusal, retry_s: number } | { type: "unreachable" }} Outcome
 */

/** A write, with the key that makes it count once however often it is sent. @typedef {{ path: string, body: object, key: string }} Write */

const PATIENCE_MS = 15_000;
const UPLOAD_PATIENCE_MS = 60_000;
/** Of the backend or a proxy before it: the write may have been done all the same. */
const NO_ANSWER = 500;

export class ShopApi {
  #tools;

  /** @param {{ room: string, token: () => string | null }} tools */
  constructor(tools) {
    this.#tools = tools;
  }

  /** @returns {Promise<Outcome<ShopProducts>>} */
  products() {
    return this.#get(`/api/v1/rooms/${encodeURIComponent(this.#tools.room)}/products`);
  }

  /** @param {readonly WantedLine[]} lines @param {Partial<AskQuote>} where @returns {Promise<Outcome<Quote>>} */
  quote(lines, where) {
    return this.#send("POST", "/api/v1/quotes", { lines, ...where });
  }

  /** @param {string | null} cursor @returns {Promise<Outcome<OrdersPage>>} */
  orders(cursor) {
    return this.#get(`/api/v1/orders${cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`}`);
  }

  /** @param {string} order_id @returns {Promise<Outcome<Order>>} */
  order(order_id) {
    return this.#get(`/api/v1/orders/${encodeURIComponent(order_id)}`);
  }

  /** @param {string} order_id @param {number | null} before @returns {Promise<Outcome<MessagesPage>>} the newest first */
  messages(order_id, before) {
    return this.#get(`${paths.message(order_id)}${before === null ? "" : `?before=${before}`}`);
  }

  /** @param {string} order_id @param {number} number @returns {Promise<Outcome<Unread>>} */
  markRead(order_id, number) {
    return this.#send("POST", `${paths.message(order_id)}/read`, { number });
  }

  /** How many messages of all orders are unread. @returns {Promise<Outcome<Unread>>} */
  unread() {
    return this.#get("/api/v1/unread-messages");
  }

  /** @returns {Promise<Outcome<LegalNames>>} */
  legalNames() {
    return this.#get("/api/v1/legal-texts");
  }

  /** @returns {Promise<Outcome<object>>} */
  myData() {
    return this.#get("/api/v1/me/data");
  }

  /** @param {string} number @param {string} phone @returns {Promise<Outcome<FoundOrder>>} */
  findOrder(number, phone) {
    return this.#send("POST", "/api/v1/order-lookups", { number, phone });
  }

  /** @param {string} order_id @returns {Promise<Outcome<Attempts>>} */
  attempts(order_id) {
    return this.#get(`/api/v1/orders/${encodeURIComponent(order_id)}/attempts`);
  }

  /** @param {string} attempt_id @returns {Promise<Outcome<Attempt>>} */
  attempt(attempt_id) {
    return this.#get(`/api/v1/attempts/${encodeURIComponent(attempt_id)}`);
  }

  /** @param {string} order_id @returns {Promise<Outcome<CasesPage>>} */
  casesOf(order_id) {
    return this.#get(`/api/v1/orders/${encodeURIComponent(order_id)}/cases`);
  }

  /** @param {string} case_id @returns {Promise<Outcome<Case>>} */
  case(case_id) {
    return this.#get(`/api/v1/cases/${encodeURIComponent(case_id)}`);
  }

  /** @returns {Promise<Outcome<PaymentMethods>>} */
  paymentMethods() {
    return this.#get("/api/v1/payment-methods");
  }

  /** @returns {Promise<Outcome<CoinShop>>} */
  coins() {
    return this.#get("/api/v1/coins");
  }

  /** @param {number | null} before @returns {Promise<Outcome<CoinHistory>>} the newest first */
  coinHistory(before) {
    return this.#get(`/api/v1/coins/history${before === null ? "" : `?before=${before}`}`);
  }

  /** @returns {Promise<Outcome<MyCoupons>>} */
  coupons() {
    return this.#get(paths.claimCoupon());
  }

  /** What the viewer has of a campaign. @param {string} campaign_id @returns {Promise<Outcome<MyPart>>} */
  myPart(campaign_id) {
    return this.#get(`/api/v1/campaigns/${encodeURIComponent(campaign_id)}/my-part`);
  }

  /** Goods that the viewer won and did not claim yet. @returns {Promise<Outcome<MyPrizes>>} */
  prizes() {
    return this.#get("/api/v1/me/prizes");
  }

  /** @returns {Promise<Outcome<AddressBook>>} */
  addresses() {
    return this.#get("/api/v1/addresses");
  }

  /** @param {string} address_id @returns {Promise<Outcome<AddressBook>>} those that are left */
  deleteAddress(address_id) {
    return this.#send("DELETE", `/api/v1/addresses/${encodeURIComponent(address_id)}`);
  }

  /** Attach a picture to a case; the same one again counts once. @param {string} case_id @param {Blob} picture @returns {Promise<Outcome<Case>>} */
  attach(case_id, picture) {
    return this.#send("POST", `/api/v1/cases/${encodeURIComponent(case_id)}/pictures`, picture);
  }

  /** A file that only its owner may see; rejects where it does not come. @param {string} path */
  async file(path) {
    const response = await fetch(below(path), { headers: headersOf(this.#tools.token(), undefined, undefined), signal: AbortSignal.timeout(UPLOAD_PATIENCE_MS) });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return response.blob();
  }

  /** @param {Write} write @returns {Promise<Outcome<any>>} */
  write({ path, body, key }) {
    return this.#send("POST", path, body, key);
  }

  /** @param {string} path @returns {Promise<Outcome<any>>} */
  #get(path) {
    return this.#send("GET", path);
  }

  /**
   * @param {"GET" | "POST" | "DELETE"} method
   * @param {string} path
   * @param {object} [body]
   * @param {string} [key]
   * @returns {Promise<Outcome<any>>}
   */
  async #send(method, path, body, key) {
    const token = this.#tools.token();
    try {
      const response = await fetch(below(path), {
        method,
        headers: headersOf(token, body, key),
        ...(body ? { body: body instanceof Blob ? body : JSON.stringify(body) } : {}),
        cache: "no-store",
        signal: AbortSignal.timeout(body instanceof Blob ? UPLOAD_PATIENCE_MS : PATIENCE_MS),
      });
      // The room let us in again meanwhile: its newer token counts.
      if (response.status === 401 && this.#tools.token() !== token) return this.#send(method, path, body, key);
      return await outcomeOf(response);
    } catch {
      return { type: "unreachable" };
    }
  }
}

/** The writes, each with its path. */
export const paths = {
  place: () => "/api/v1/orders",
  buyCoins: () => "/api/v1/coin-orders",
  claimCoupon: () => "/api/v1/my-coupons",
  /** @param {string} order_id */
  pay: (order_id) => `/api/v1/orders/${encodeURIComponent(order_id)}/attempts`,
  /** @param {string} order_id */
  cancel: (order_id) => `/api/v1/orders/${encodeURIComponent(order_id)}/cancel`,
  /** @param {string} order_id */
  message: (order_id) => `/api/v1/orders/${encodeURIComponent(order_id)}/messages`,
  /** @param {string} campaign_id */
  claimPrize: (campaign_id) => `/api/v1/campaigns/${encodeURIComponent(campaign_id)}/prize`,
  erase: () => "/api/v1/me/erase",
  saveAddress: () => "/api/v1/addresses",
  /** @param {string} order_id */
  openCase: (order_id) => `/api/v1/orders/${encodeURIComponent(order_id)}/cases`,
  /** @param {string} case_id */
  withdrawCase: (case_id) => `/api/v1/cases/${encodeURIComponent(case_id)}/withdraw`,
  /** @param {string} case_id */
  sendBack: (case_id) => `/api/v1/cases/${encodeURIComponent(case_id)}/send-back`,
};

/** @param {string | null} token @param {object | undefined} body @param {string | undefined} key */
function headersOf(token, body, key) {
  return {
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...(body ? { "Content-Type": body instanceof Blob ? body.type : "application/json" } : {}),
    ...(key ? { "Idempotency-Key": key } : {}),
  };
}

/** @param {Response} response @returns {Promise<Outcome<any>>} */
async function outcomeOf(response) {
  if (response.ok) return { type: "done", value: await response.json() };
  if (response.status >= NO_ANSWER) return { type: "unreachable" };
  const retry_s = Number(response.headers.get("Retry-After")) || 0;
  return { type: "refused", refusal: await refusalOf(response), retry_s };
}

/** A proxy's refusal has no problem details. @param {Response} response @returns {Promise<Refusal>} */
async function refusalOf(response) {
  try {
    return await response.json();
  } catch {
    return { type: "refused", title: "", status: response.status, detail: "" };
  }
}
