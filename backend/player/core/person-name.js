/** What people are called who asked to be erased: their names are empty wherever they come from. */

import { t } from "./shared-texts.js";

/** @param {{ name: string }} person */
export function nameOf({ name }) {
  return name || t("person_erased");
}
