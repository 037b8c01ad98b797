/** What the shop's views have in common: a head, a body that scrolls, a foot with the one thing to do. */

/** @import { Child } from "./parts.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { View } from "./view-history.js" */

import { el, tool } from "./parts.js";
import { t } from "./sheet-texts.js";

/**
 * Where views lead.
 * @typedef {object} Ways
 * @property {(view: View) => void} go
 * @property {(view: View) => void} replace so that the way back does not lead here
 * @property {(view: View) => void} remember for a reload: what is shown stays
 * @property {() => void} back
 * @property {() => void} close
 * @property {(goOn: () => void) => void} closeFor close, and then open something else
 */

/** How much of the screen a view takes on a phone. @typedef {"half" | "tall" | "fit" | "page"} Size */

export class SheetView {
  element = el("section", "shop__view");
  head = el("header", "shop__head");
  title = el("h2", "shop__title");
  body = el("div", "shop__body");
  foot = el("footer", "shop__foot");
  model;
  ways;

  /** @param {ShopModel} model @param {Ways} ways @param {string} title */
  constructor(model, ways, title) {
    this.model = model;
    this.ways = ways;
    this.title.textContent = title;
    this.title.tabIndex = -1;
    this.foot.hidden = true;
    this.resize("tall");
    this.element.append(this.head, this.body, this.foot);
  }

  /** A body with nothing to press in it takes the keyboard itself, to be read to its end. */
  scrollByKeys() {
    this.body.tabIndex = 0;
  }

  /** The view is shown, for the first time or again. @param {View} _view @param {{ hasWayBack: boolean }} place */
  enter(_view, { hasWayBack }) {
    this.layHead(hasWayBack);
  }

  /** @param {Size} size */
  resize(size) {
    this.element.dataset["size"] = size;
  }

  /** The view covers the picture on a phone, and the live goes on in a small window. @param {"float" | "dock"} how where that rests: a page with fields has it in its head */
  coverPicture(how) {
    this.resize("page");
    this.element.dataset["window"] = how;
  }

  /** Another view is shown, or the shop is closed. */
  leave() {}

  /** Something that views show has changed. */
  update() {}

  /** The room says that an order changed. @param {string} _order_id */
  onOrder(_order_id) {}

  /** @param {boolean} hasWayBack @param {Child[]} tools */
  layHead(hasWayBack, ...tools) {
    this.head.classList.toggle("shop__head--back", hasWayBack);
    this.head.replaceChildren(
      ...(hasWayBack ? [tool("back", t("shop_back"), this.ways.back)] : []),
      this.title,
      el("span", "shop__tools", ...tools, this.closer()),
    );
  }

  closer() {
    const closer = tool("cross", t("close"), this.ways.close);
    closer.classList.add("shop__close");
    return closer;
  }

  /** Put buttons at the foot; none hide it. @param {Child[]} children */
  layFoot(...children) {
    const active = document.activeElement;
    const focused = this.foot.contains(active) ? active?.getAttribute("data-focus") : null;
    this.foot.hidden = children.length === 0;
    this.foot.replaceChildren(...children.filter((child) => child !== null));
    const again = focused ? this.foot.querySelector(`[data-focus="${focused}"]`) : null;
    if (again instanceof HTMLElement) again.focus();
  }
}
