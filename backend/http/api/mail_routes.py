"""E-mails to buyers: the host sets by which server they go, tries it, and sees what became of them."""

from backend.contract.mail import (
    Mail,
    MailCheck,
    MailPage,
    MailSettings,
    MailStatus,
    OneMail,
    ReadMails,
    TryMail,
)
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import refusal
from backend.http.api.shop_call import request_of
from backend.http.api.shop_refusals import refuse
from backend.shop.mail.mails import BadMailSettings, Mails


class MailRoutes:
    """The endpoints of e-mails."""

    def __init__(self, mails: Mails) -> None:
        self._mails = mails

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_settings(), *self._of_mails()]

    def _of_settings(self) -> list[AnyEndpoint]:
        path = "/api/v1/settings/mail"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="Show by which server e-mails to buyers go, and how those of the room stand.",
                who=Who.HOST,
                handle=self.show,
                answer=MailStatus,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="PUT",
                path=path,
                summary="Change by which server e-mails go; without a host none are written.",
                who=Who.HOST,
                handle=self.save,
                answer=MailSettings,
                parameters=Nothing,
                body=MailSettings,
                is_shops=True,
                is_idempotent=True,
            ),
            Endpoint(
                method="POST",
                path=f"{path}/test",
                summary="Try settings, which are not kept: send an e-mail, and tell what came of it.",
                who=Who.HOST,
                handle=self.try_out,
                answer=MailCheck,
                parameters=Nothing,
                body=TryMail,
                is_shops=True,
            ),
        ]

    def _of_mails(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="GET",
                path="/api/v1/mails",
                summary="List the e-mails about the room's orders, the newest first.",
                who=Who.HOST,
                handle=self.list_all,
                answer=MailPage,
                parameters=ReadMails,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path="/api/v1/mails/{mail_id}/replay",
                summary="Send an e-mail that was given up for another day.",
                who=Who.HOST,
                handle=self.replay,
                answer=Mail,
                parameters=OneMail,
                body=Nothing,
            ),
        ]

    async def show(self, call: Call[Nothing, Nothing]) -> MailStatus:
        """Show the settings."""
        return await self._mails.status(call.caller.room)

    async def save(self, call: Call[Nothing, MailSettings]) -> MailSettings:
        """Change the settings."""
        result = await self._mails.save(call.body, request_of(call, "mail"))
        if isinstance(result, BadMailSettings):
            raise refusal(422, result.problem)
        if not isinstance(result, MailSettings):
            raise refuse(result)
        return result

    async def try_out(self, call: Call[Nothing, TryMail]) -> MailCheck:
        """Send an e-mail for a test; each try is one of its own."""
        result = await self._mails.try_out(call.body.settings, call.body.to, call.body.language)
        if isinstance(result, BadMailSettings):
            raise refusal(422, result.problem)
        return result

    async def list_all(self, call: Call[ReadMails, Nothing]) -> MailPage:
        """List e-mails."""
        return await self._mails.page(call.caller.room, call.parameters)

    async def replay(self, call: Call[OneMail, Nothing]) -> Mail:
        """Send one again; a mailbox knows it by its id."""
        mail = await self._mails.send_again(call.caller.room, call.parameters.mail_id)
        if mail is None:
            raise refusal(404, "There is no such e-mail.")
        return mail
