"""What everybody hears when a person has been erased."""

from backend.contract.base import Message


class PersonErased(Message, frozen=True, tag="person_erased"):
    """A person asked to be erased: whatever is shown of their name and their words goes.

    Names and texts of theirs that still come are empty; who shows them says in words of its own that this was
    somebody who is gone.
    """

    user_id: str
