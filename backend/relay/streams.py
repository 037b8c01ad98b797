"""Names of what the relay carries: a show is called like its room, what comes beside it below that."""


def beside(room: str, kind: str, name: str) -> str:
    """Return the name of a stream of this kind beside a room's show; no room's name has a slash."""
    return f"{room}/{kind}/{name}"


def room_of(stream: str) -> str:
    """Return the room that a stream belongs to."""
    return stream.partition("/")[0]
