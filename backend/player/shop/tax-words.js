/** The tax that an order contains, by its rates. */

/**
 * What goods of each rate cost and contain, the highest rate first; as the shop counts it, line by line.
 * @param {readonly { net_minor: number, tax_rate_bp: number }[]} lines
 * @returns {{ rate_bp: number, net_minor: number, tax_minor: number }[]}
 */
export function taxesOf(lines) {
  const rates = [...new Set(lines.map(({ tax_rate_bp }) => tax_rate_bp))].filter((rate) => rate > 0).sort((one, other) => other - one);
  return rates.map((rate_bp) => {
    const taxed = lines.filter(({ tax_rate_bp }) => tax_rate_bp === rate_bp);
    return {
      rate_bp,
      net_minor: taxed.reduce((sum, { net_minor }) => sum + net_minor, 0),
      tax_minor: taxed.reduce((sum, { net_minor }) => sum + contained(net_minor, rate_bp), 0),
    };
  });
}

/** Rounded half up, and exact where the product is beyond what a number holds. @param {number} net_minor @param {number} rate_bp */
function contained(net_minor, rate_bp) {
  const whole = BigInt(10_000 + rate_bp);
  return Number((2n * BigInt(net_minor) * BigInt(rate_bp) + whole) / (2n * whole));
}

/** 1300 is 13%, 850 is 8.5%. @param {number} rate_bp */
export const rateText = (rate_bp) => `${rate_bp / 100}%`;
