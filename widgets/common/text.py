"""Numbers as people read them: money, durations, rates."""


def money(amount_fen: int) -> str:
    """An amount of fen as yuan: 12900 is `¥129`, 5990 is `¥59.90`."""
    yuan, fen = divmod(amount_fen, 100)
    return f"¥{yuan:,}" if fen == 0 else f"¥{yuan:,}.{fen:02d}"


def clock(seconds: float) -> str:
    """A duration as `00:42:17`; below zero counts as zero."""
    whole = max(0, int(seconds))
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def rate(kbps: float) -> str:
    """A bitrate: `850 kb/s`, `2.48 Mb/s`."""
    return f"{kbps:,.0f} kb/s" if kbps < 1000 else f"{kbps / 1000:,.2f} Mb/s"
