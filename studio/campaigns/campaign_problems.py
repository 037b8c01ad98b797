"""Why something of campaigns did not work, and what helps, in a host's words."""

from PySide6.QtCore import QCoreApplication

from studio.connection.error_details import detail_of
from studio.connection.room_http import RejectedError


def problem_text(error: Exception) -> str:
    """Return why the shop did not do what was asked of it, and what helps."""
    translate = QCoreApplication.translate
    if not isinstance(error, RejectedError):
        text = translate(
            "Campaigns", "The server did not answer: {detail}. Check that it runs, then try again."
        )
        return text.format(detail=detail_of(error))
    unknown = translate("Campaigns", "The shop does not take this: {detail}")
    text = (_refused_starts() | _refused_terms() | _refused_auctions()).get(error.kind, unknown)
    return text.format(detail=detail_of(error), price=error.allowed)


def _refused_starts() -> dict[str, str]:
    """What cannot be started, stopped or brought forward now."""
    translate = QCoreApplication.translate
    return {
        "not_live": translate("Campaigns", "You are not live. Go live first: campaigns belong to a live."),
        "already": translate("Campaigns", "One of this kind runs already. Wait for its end, or stop it."),
        "over_budget": translate(
            "Campaigns", "This would give away more coins than the cap of one live allows. Give fewer coins."
        ),
        "not_offered": translate("Campaigns", "The server does not know this kind yet. Update the server."),
        "reason_needed": translate("Campaigns", "People took part in it. Say why it is called off."),
        "over": translate("Campaigns", "It is over already."),
        "too_late": translate("Campaigns", "It is closed already: who won is being found."),
        "not_closable": translate("Campaigns", "There is no result to bring forward. Stop it instead."),
        "forbidden": translate("Campaigns", "You may not do this. Ask the host for the right to campaigns."),
        "coupon_short": translate(
            "Campaigns",
            "The coupon is stopped or over, or too few of it are left. Choose or make another one.",
        ),
    }


def _refused_terms() -> dict[str, str]:
    """What cannot be as it was chosen."""
    translate = QCoreApplication.translate
    return {
        "sku_unavailable": translate(
            "Campaigns", "The product is not on sale in this room. Put it into the room first."
        ),
        "bundle": translate(
            "Campaigns", "A set made of other products cannot be sold so. Choose a single product."
        ),
        "no_stock": translate(
            "Campaigns", "There is not so much free stock. Take fewer units, or add stock."
        ),
        "two_prizes": translate("Campaigns", "Either coins or a product is won. Choose one of them."),
        "prize_too_dear": translate(
            "Campaigns",
            "Under the rules of China a prize is worth {price} at most. Choose another product.",
        ),
        "twice": translate("Campaigns", "A product stands in it twice. Take one of them out."),
        "not_below_price": translate(
            "Campaigns", "The flash price must be below the usual price of every specification."
        ),
        "below_floor": translate("Campaigns", "Below the lowest price you set for it: {price}."),
        "no_reduction": translate(
            "Campaigns",
            "It was sold or offered for {price} lately: by the rules on price reductions the flash price may "
            "not be above that.",
        ),
        "watch_too_long": translate(
            "Campaigns",
            "Who comes when it opens could not watch that long. Ask for less watching, or keep it open "
            "longer.",
        ),
        "no_free_way": translate(
            "Campaigns", "Who buys nothing must have a way in, too: give a word that they say instead."
        ),
        "terms": translate("Campaigns", "What was chosen does not fit together. Check what is given away."),
        "too_many_each": translate(
            "Campaigns", "One viewer could win more of a coupon than one buyer may have. Allow fewer spins."
        ),
        "too_few_coins": translate(
            "Campaigns", "There must be a coin for each packet: give more coins, or fewer packets."
        ),
        "nameless": translate("Campaigns", "Give each prize a short name."),
        "too_many_slots": translate("Campaigns", "Too many prizes and blanks. Take fewer."),
        "too_many_coins": translate("Campaigns", "Too many coins for one wheel. Give fewer."),
        "too_many_to_hand_over": translate(
            "Campaigns", "Too many prizes to hand over yourself. Give coins or coupons for some of them."
        ),
    }


def _refused_auctions() -> dict[str, str]:
    """What cannot be auctioned."""
    translate = QCoreApplication.translate
    return {
        "auctions_off": translate(
            "Campaigns",
            "Auctions are off: under the rules of China they need a licence. Once the shop has one, the host "
            "turns them on in Settings → Selling.",
        ),
        "not_paid_online": translate(
            "Campaigns", "Who wins an auction pays online. Turn online payment on in Settings → Selling."
        ),
        "reserve_below_start": translate(
            "Campaigns", "The reserve is below the start price. Raise it, or leave it empty."
        ),
        "being_paid": translate("Campaigns", "The winner is paying it now. Wait for that."),
    }
