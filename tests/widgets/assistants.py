"""Assistants and invitations, for tests."""

from backend.contract.base import AssistantRight
from backend.contract.staff import Assistant
from tests.widgets.people import NOON_MS

DAY_MS = 86_400_000
WANG = Assistant(
    grant_id=1,
    user_id="a1",
    name="<b>Wang</b>",
    rights=[AssistantRight.PRODUCTS, AssistantRight.CHAT],
    since_ms=NOON_MS,
    until_ms=NOON_MS + 7 * DAY_MS,
    code_until_ms=None,
    is_online=True,
)
OPEN = Assistant(
    grant_id=2,
    user_id="",
    name="",
    rights=[AssistantRight.PRICES],
    since_ms=NOON_MS,
    until_ms=NOON_MS + 7 * DAY_MS,
    code_until_ms=NOON_MS + DAY_MS,
    is_online=False,
)
