"""Makes of what an e-mail says the message that a mail server takes: plain text, and the same as HTML."""

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Final

from backend.contract.mail import MailSettings
from backend.contract.orders import BuyerLanguage
from backend.shop.mail.texts import MailText

_PAGE: Final = (
    '<!doctype html><html lang="{language}"><body style="font:16px/1.6 sans-serif;color:#1d1d1f;'
    'max-width:36em;margin:0 auto;padding:16px">{body}</body></html>\n'
)
_SMALL: Final = ' style="color:#6e6e73;font-size:13px"'


def compose(
    text: MailText,
    *,
    settings: MailSettings,
    to: str,
    mail_id: str,
    language: BuyerLanguage,
    now_ms: int,
) -> EmailMessage:
    """Return a message from the shop to a buyer; a mailbox knows it again by the id."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = text.subject
    message["From"] = Address(display_name=settings.sender_name, addr_spec=settings.sender)
    message["To"] = Address(addr_spec=to)
    message["Date"] = datetime.fromtimestamp(now_ms / 1000, UTC)
    message["Message-ID"] = f"<{mail_id}@{settings.sender.rpartition('@')[2]}>"
    # RFC 3834 §5: whoever is on holiday does not answer it.
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = language.value
    message.set_content(_plain(text))
    message.add_alternative(_html(text, language), subtype="html")
    return message


def _plain(text: MailText) -> str:
    parts = [*text.paragraphs, "\n".join(f"· {one}" for one in text.goods), text.link]
    if text.foot:
        parts.append(f"-- \n{text.foot}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _html(text: MailText, language: BuyerLanguage) -> str:
    parts = [f"<p>{escape(one)}</p>" for one in text.paragraphs]
    if text.goods:
        parts.append("<ul>" + "".join(f"<li>{escape(one)}</li>" for one in text.goods) + "</ul>")
    if text.link:
        parts.append(f'<p><a href="{escape(text.link)}">{escape(text.link)}</a></p>')
    if text.foot:
        parts.append(f"<p{_SMALL}>{escape(text.foot)}</p>")
    return _PAGE.format(language=language.value, body="".join(parts))
