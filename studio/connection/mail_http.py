"""What the studio asks the backend about e-mails to buyers."""

from typing import Final

from backend.contract.mail import Mail, MailCheck, MailPage, MailSettings, MailStatus, TryMail
from backend.contract.outgoing_webhooks import MessageState
from studio.connection.shop_http import NoBody, ShopHttp

SETTINGS: Final = "/api/v1/settings/mail"
MAILS: Final = "/api/v1/mails"
TRY_TIMEOUT_S: Final = 40.0
"""The backend itself may wait for the mail server."""


class MailHttp(ShopHttp):
    """HTTP about e-mails, for the time of an `async with` block; it raises as `ShopHttp` does."""

    async def status(self) -> MailStatus:
        """Read the settings, and how the room's e-mails stand."""
        return await self.get(SETTINGS, MailStatus)

    async def save(self, settings: MailSettings) -> MailSettings:
        """Change the settings; changing them twice does no harm."""
        return await self.put(SETTINGS, settings, MailSettings)

    async def try_out(self, wanted: TryMail) -> MailCheck:
        """Let the backend send an e-mail for a test."""
        return await self.post(f"{SETTINGS}/test", wanted, MailCheck, TRY_TIMEOUT_S)

    async def given_up(self) -> list[Mail]:
        """Read the newest e-mails that were given up."""
        params = {"state": MessageState.GIVEN_UP.value, "limit": "100"}
        return (await self.get(MAILS, MailPage, params)).mails

    async def send_again(self, mail_id: str) -> Mail:
        """Let one be sent for another day."""
        return await self.post(f"{MAILS}/{mail_id}/replay", NoBody(), Mail)
