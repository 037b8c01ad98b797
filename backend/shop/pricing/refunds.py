"""Refunds for returned units of an order's line."""


def refund_share(net_minor: int, quantity: int, *, refunded: int, units: int) -> int:
    """Return what `units` of a line are worth after `refunded` of its `quantity` were given back.

    In whatever order and number units come back, all of them are worth the line's net.

    Raises:
        ValueError: more units than are left.
    """
    if min(refunded, units) < 0 or refunded + units > quantity:
        raise ValueError(f"expected at most {quantity - refunded} units to refund, got {units}")
    return net_minor * (refunded + units) // quantity - net_minor * refunded // quantity
