"""What the studio asks the backend about e-mails to buyers."""

from secrets import token_hex
from types import TracebackType
from typing import Final

import httpx
import msgspec

from backend.contract.mail import Mail, MailCheck, MailPage, MailSettings, MailStatus, TryMail
from backend.contract.outgoing_webhooks import MessageState
from studio.connection.room_http import REQUEST_TIMEOUT_S, Place
from studio.connection.shop_answers import decoded

SETTINGS: Final = "/api/v1/settings/mail"
MAILS: Final = "/api/v1/mails"
TRY_TIMEOUT_S: Final = 40.0
"""The backend itself may wait for the mail server."""


class MailHttp:
    """HTTP about e-mails, for the time of an `async with` block; it raises as `OrdersHttp` does."""

    def __init__(self, place: Place) -> None:
        self._http = httpx.AsyncClient(
            base_url=place.url,
            timeout=REQUEST_TIMEOUT_S,
            trust_env=not place.is_local,
            headers={"Authorization": f"Bearer {place.token}", "Content-Type": "application/json"},
        )

    async def __aenter__(self) -> "MailHttp":
        """Open the connections when they are needed."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them."""
        await self._http.aclose()

    async def status(self) -> MailStatus:
        """Read the settings, and how the room's e-mails stand."""
        return decoded(await self._http.get(SETTINGS), MailStatus)

    async def save(self, settings: MailSettings) -> MailSettings:
        """Change the settings; changing them twice does no harm."""
        answer = await self._http.put(
            SETTINGS, content=msgspec.json.encode(settings), headers={"Idempotency-Key": token_hex(16)}
        )
        return decoded(answer, MailSettings)

    async def try_out(self, wanted: TryMail) -> MailCheck:
        """Let the backend send an e-mail for a test."""
        answer = await self._http.post(
            f"{SETTINGS}/test", content=msgspec.json.encode(wanted), timeout=TRY_TIMEOUT_S
        )
        return decoded(answer, MailCheck)

    async def given_up(self) -> list[Mail]:
        """Read the newest e-mails that were given up."""
        path = f"{MAILS}?state={MessageState.GIVEN_UP.value}&limit=100"
        return decoded(await self._http.get(path), MailPage).mails

    async def send_again(self, mail_id: str) -> Mail:
        """Let one be sent for another day."""
        return decoded(await self._http.post(f"{MAILS}/{mail_id}/replay", content=b"{}"), Mail)
