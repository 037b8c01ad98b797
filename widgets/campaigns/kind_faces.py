"""All kinds of campaigns that the studio starts: a new one has a line here."""

from typing import Final

from widgets.campaigns.kind_face import KindFace

FACES: Final[tuple[KindFace, ...]] = ()
