/** Links to what the shop wrote about the law; nothing where it wrote nothing. */

/** @import { LegalName } from "../core/protocol.js" */
/** @import { ShopModel } from "./shop-model.js" */

import { below } from "../core/dom.js";
import { language } from "../core/i18n.js";
import { el } from "./parts.js";
import { t } from "./sheet-texts.js";

/** @param {ShopModel} model */
export function legalLinks({ legal }) {
  if (!legal || legal.length === 0) return null;
  const links = el("nav", "legal", ...legal.map(link));
  links.ariaLabel = t("legal");
  return links;
}

/** The room goes on in its own tab. @param {LegalName} name */
function link(name) {
  const element = el("a", "link", t(`legal_${name}`));
  element.href = below(`/legal/${name}?lang=${language()}`);
  element.target = "_blank";
  element.rel = "noopener";
  return element;
}
