"""What an e-mail address may look like: one that every mail server takes, and that breaks no header."""

import re
from typing import Final

from backend.contract.addresses import MAX_EMAIL

# The dot-atom of RFC 5322 §3.4.1 before the @, and the host names of RFC 1123 after it. Quoted parts and
# addresses in other scripts (RFC 6531) are not taken: few servers send to them.
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL: Final = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@{_LABEL}(?:\.{_LABEL})+")
_MOST_LOCAL: Final = 64  # RFC 5321 §4.5.3.1.1


def is_email(text: str) -> bool:
    """Return whether a text is an address that e-mails can be sent to."""
    if len(text) > MAX_EMAIL:
        return False
    found = _EMAIL.fullmatch(text)
    return found is not None and len(found["local"]) <= _MOST_LOCAL
