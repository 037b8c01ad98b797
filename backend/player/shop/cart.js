/** What a buyer put aside to buy together: which SKUs and how many, neither price nor stock; pure but for what is handed in. */

/**
 * `title` and `specs` are the words of when it was put in, for what is not listed any more.
 * @typedef {{ sku_id: string, spu_id: string, title: string, specs: string, quantity: number, isChosen: boolean }} CartLine
 */

/**
 * @typedef {object} Wires
 * @property {() => unknown} load what was kept
 * @property {(lines: readonly CartLine[]) => void} save
 * @property {() => void} onChanged
 */

/** As many lines as an order may have. */
const MOST_LINES = 100;
const MOST_UNITS = 9999;

export class Cart {
  #wires;
  /** @type {readonly CartLine[]} */
  lines = [];
  /** What stood here before the last removal; null where there is nothing to undo. @type {readonly CartLine[] | null} */
  #before = null;

  /** @param {Wires} wires */
  constructor(wires) {
    this.#wires = wires;
    this.lines = linesIn(wires.load());
  }

  /** Units of all lines. */
  get count() {
    return this.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  get canUndo() {
    return this.#before !== null;
  }

  /** Another page of this browser changed it. */
  reload() {
    this.lines = linesIn(this.#wires.load());
    this.#before = null;
    this.#wires.onChanged();
  }

  /**
   * Put units in; of a SKU that is there already there are more then.
   * @param {Omit<CartLine, "isChosen">} wanted
   * @param {number} most units of it that one buyer can have
   * @returns {boolean} whether there was a place for it
   */
  add(wanted, most) {
    const there = this.#find(wanted.sku_id);
    if (!there && this.lines.length >= MOST_LINES) return false;
    const quantity = Math.min((there?.quantity ?? 0) + wanted.quantity, Math.max(1, most), MOST_UNITS);
    const line = { ...wanted, quantity, isChosen: true };
    this.#set(there ? this.lines.map((one) => (one === there ? line : one)) : [line, ...this.lines]);
    return true;
  }

  /** @param {string} sku_id @param {number} quantity */
  setQuantity(sku_id, quantity) {
    this.#set(this.lines.map((one) => (one.sku_id === sku_id ? { ...one, quantity: Math.max(1, quantity) } : one)));
  }

  /** @param {readonly string[]} sku_ids @param {boolean} isChosen */
  choose(sku_ids, isChosen) {
    this.#set(this.lines.map((one) => (sku_ids.includes(one.sku_id) ? { ...one, isChosen } : one)));
  }

  /** @param {readonly string[]} sku_ids */
  remove(sku_ids) {
    const before = this.lines;
    this.#set(before.filter(({ sku_id }) => !sku_ids.includes(sku_id)));
    this.#before = before;
    this.#wires.onChanged();
  }

  /** Put back what was removed last. */
  undo() {
    if (this.#before) this.#set(this.#before);
  }

  /** An order took these units. @param {readonly { sku_id: string, quantity: number }[]} bought */
  takeOut(bought) {
    const units = new Map(bought.map(({ sku_id, quantity }) => [sku_id, quantity]));
    const left = this.lines.map((one) => ({ ...one, quantity: one.quantity - (units.get(one.sku_id) ?? 0) }));
    this.#set(left.filter(({ quantity }) => quantity > 0));
  }

  clear() {
    this.#set([]);
  }

  /** @param {string} sku_id */
  #find(sku_id) {
    return this.lines.find((one) => one.sku_id === sku_id);
  }

  /** @param {readonly CartLine[]} lines */
  #set(lines) {
    this.lines = lines;
    this.#before = null;
    this.#wires.save(lines);
    this.#wires.onChanged();
  }
}

/** What is kept in a browser may be anything. @param {unknown} kept @returns {CartLine[]} */
function linesIn(kept) {
  return Array.isArray(kept) ? kept.filter(isLine).slice(0, MOST_LINES) : [];
}

/** @param {any} one @returns {one is CartLine} */
function isLine(one) {
  const areWords = [one?.sku_id, one?.spu_id, one?.title, one?.specs].every((part) => typeof part === "string");
  return areWords && Number.isInteger(one.quantity) && one.quantity > 0 && one.quantity <= MOST_UNITS && typeof one.isChosen === "boolean";
}
