/** Who may take part in a campaign, in words; pure. */

import { t } from "./texts.js";

/** As terms of each kind declare it. @typedef {{ account_minutes?: number | null, one_a_phone?: boolean, per_network?: number | null }} EntryRules */

/** One line a rule. @param {EntryRules} rules */
export function entryRules({ account_minutes, one_a_phone, per_network }) {
  const lines = [];
  if (account_minutes === 0) lines.push(t("entry_account"));
  else if (account_minutes != null) lines.push(t("entry_account_since", { minutes: account_minutes }));
  if (one_a_phone) lines.push(t("entry_phone"));
  if (per_network != null) lines.push(t("entry_network", { most: per_network }));
  return lines;
}
