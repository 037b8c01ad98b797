/** The auction over the picture, put together. */

/** @import { ShopModel } from "../../shop/shop-model.js" */

import { place } from "../../core/markup.js";
import { AuctionPill } from "./auction-pill.js";

/** @param {ShopModel} model @param {() => void} onWanted called where a viewer opens it */
export function startAuctions(model, onWanted) {
  const pill = place("room-auction", AuctionPill);
  const { auction } = model;
  auction.onChanged(() => {
    const { spu_id = "" } = auction.shown?.campaign.detail ?? {};
    pill.show(auction, auction.shown?.campaign.title || (model.productOf(spu_id)?.title ?? ""));
  });
  pill.addEventListener("open-auction", onWanted);
}
