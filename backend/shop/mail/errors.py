"""What is in the way of an e-mail."""

from backend.contract.mail import MailFinding


class MailError(Exception):
    """A message was not handed over; it says what the server said.

    Attributes:
        is_final: whether sending it again would change nothing: there is no such mailbox.
    """

    def __init__(self, finding: MailFinding, detail: str = "", *, is_final: bool = False) -> None:
        super().__init__(f"{finding}: {detail}" if detail else finding.value)
        self.finding = finding
        self.detail = detail
        self.is_final = is_final


class PasswordError(Exception):
    """The password that there is cannot be used; the message names cause and remedy."""
