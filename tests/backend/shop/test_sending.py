import msgspec
import pytest

from backend.shop.sending import GIVES_UP_AFTER_MS, again_at_ms
from backend.shop.webhooks.store import DueMessage


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_pauses_grow_and_end_within_a_day(share: float) -> None:
    now_ms = 0
    message = DueMessage("t", "m", "https://a.example", "{}", 0, 0, GIVES_UP_AFTER_MS)
    pauses = []
    while (at_ms := again_at_ms(message, now_ms, share)) is not None:
        pauses.append(at_ms - now_ms)
        now_ms = at_ms
        message = msgspec.structs.replace(message, tries=message.tries + 1)
    assert pauses == sorted(pauses)
    assert pauses[0] < 7_000
    assert GIVES_UP_AFTER_MS / 2 < now_ms <= GIVES_UP_AFTER_MS
