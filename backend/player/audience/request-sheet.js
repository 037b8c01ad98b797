/** The room's products, to ask the host to explain one (求讲解). */

/** @import { Catalog, Product, ProductRequest } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */

import { below, find } from "../core/dom.js";
import { yuan } from "../core/format.js";
import { refusalText } from "../core/rejections.js";
import { CLOSE, closable, openSheet } from "../core/sheets.js";
import { label, t, translate } from "./texts.js";

export class RequestSheet extends HTMLElement {
  static translate = translate;
  static markup = `
    <button class="round ask" type="button">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 8h14l1 12H4z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/><path d="M8.500 10V7a3.500 3.500 0 0 1 7 0v3" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>
    </button>
    <dialog class="sheet" data-label="ask_title">
      <h2 data-text="ask_title"></h2>${CLOSE}
      <ul class="requests"></ul>
      <p class="requests__told" role="status"></p>
    </dialog>
  `;

  #dialog = find(this, "dialog", HTMLDialogElement);
  #list = find(this, ".requests", HTMLUListElement);
  /** @type {Product[] | null} */
  #products = null;
  /** @type {ProductRequest[]} */
  #requests = [];
  /** @type {Set<string>} */
  #requested = new Set();
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    const opener = find(this, ".ask", HTMLButtonElement);
    opener.onclick = () => this.#open();
    label(opener, "ask_open");
    closable(this.#dialog);
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "snapshot") this.#requests = event.requests;
    else if (event.type === "requests_changed") this.#requests = event.requests;
    else if (event.type === "viewer_changed") this.#requested = new Set();
    else if (event.type === "you_changed") this.#requested = new Set(event.you.requested);
    else if (event.type === "products_changed") this.#products = null;
    else if (event.type === "product_changed") this.#take(event.product);
    else return;
    this.#render();
  }

  /** @param {Product} changed */
  #take(changed) {
    this.#products = this.#products?.map((one) => (one.product_id === changed.product_id ? changed : one)) ?? null;
  }

  async #open() {
    openSheet(this.#dialog);
    this.#tell("");
    try {
      this.#products ??= await fetchProducts(this.tools?.room ?? "");
    } catch {
      this.#tell(t("refusal_lost"));
    }
    this.#render();
  }

  #render() {
    if (!this.#dialog.open) return;
    const focused = document.activeElement?.closest("li")?.dataset["product"];
    this.#list.replaceChildren(...(this.#products ?? []).map((product) => this.#row(product)));
    this.#list.querySelector(`li[data-product="${CSS.escape(focused ?? "")}"] button`)?.dispatchEvent(new Event("refocus"));
  }

  /** @param {Product} product */
  #row(product) {
    const item = document.createElement("li");
    item.dataset["product"] = product.product_id;
    const count = this.#requests.find(({ product_id }) => product_id === product.product_id)?.count ?? 0;
    const isAsked = this.#requested.has(product.product_id);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "requests__ask";
    button.textContent = t(isAsked ? "asked" : "ask");
    button.disabled = isAsked;
    button.addEventListener("refocus", () => button.focus());
    button.onclick = () => this.#ask(product.product_id);
    item.append(
      part("requests__number", String(product.number)),
      part("requests__title", product.title),
      part("requests__price", yuan(product.price_minor)),
      part("requests__count", count > 0 ? t("ask_count", { count }) : ""),
      button,
    );
    return item;
  }

  /** @param {string} product_id */
  async #ask(product_id) {
    const answer = await this.tools?.act({ type: "request_product", product_id });
    if (!answer) return;
    const isAsked = answer.type === "accepted" || (answer.type === "rejected" && answer.reason === "already");
    if (isAsked) this.#requested.add(product_id);
    this.#tell(isAsked ? t("ask_done") : refusalText(answer));
    this.#render();
  }

  /** @param {string} text */
  #tell(text) {
    find(this, ".requests__told", HTMLElement).textContent = text;
  }
}

/** @param {string} room @returns {Promise<Product[]>} */
async function fetchProducts(room) {
  const response = await fetch(below(`/api/rooms/${encodeURIComponent(room)}/products`));
  if (!response.ok) throw new Error(`expected the products, got HTTP ${response.status}`);
  /** @type {Catalog} */
  const { products } = await response.json();
  return products;
}

/** @param {string} className @param {string} text */
function part(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
