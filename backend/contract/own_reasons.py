"""Why the shop did something by itself: codes, which clients say in their reader's language."""

from enum import StrEnum


class OwnReason(StrEnum):
    """What stands as the reason of a change where no person gave one."""

    NOT_PAID_IN_TIME = "not_paid_in_time"
    PAID_AFTER_ALL = "paid_after_all"  # the money came when the order was cancelled already
    COINS_CREDITED = "coins_credited"  # an order of coins is complete when they are in the wallet
    SENT_LONG_AGO = "sent_long_ago"  # nobody said that the parcel arrived
    ARRIVED_LONG_AGO = "arrived_long_ago"  # nobody complained
    NOT_SENT_BACK_IN_TIME = "not_sent_back_in_time"
    NOBODY_ANSWERED_IN_TIME = "nobody_answered_in_time"
    SHIPPING_NOT_NEEDED = "shipping_not_needed"  # it was kept for further orders of the same parcel
    BY_STAFF = "by_staff"  # the provider gave back what the shop's people had asked it for
    MADE_AT_THE_PROVIDER = "made_at_the_provider"  # given back in its console
    REFUND_CAME_BACK = "refund_came_back"  # the provider could not bring it to the buyer after all
