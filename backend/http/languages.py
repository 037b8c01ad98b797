"""The choice of a reader's language, Chinese or English."""

from typing import Final, Literal

PageLanguage = Literal["zh", "en"]
LANGUAGES: Final[tuple[PageLanguage, ...]] = ("zh", "en")


def language_of(accepted: str, chosen: str | None = None) -> PageLanguage:
    """Return the language to show: the one that was chosen, else the one that a browser likes best.

    Args:
        accepted: the Accept-Language header (RFC 9110 §12.5.4).
        chosen: by a link; whatever it is, it comes from outside.
    """
    for language in LANGUAGES:
        if chosen == language:
            return language
    liked: list[tuple[float, PageLanguage]] = []
    for part in accepted[:200].split(","):
        tag, _, parameter = part.strip().partition(";")
        main = tag.lower().partition("-")[0]
        liked += [(_weight(parameter), language) for language in LANGUAGES if main == language]
    # Of those liked alike, the first one named.
    return max(liked, key=lambda one: one[0])[1] if liked else "en"


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0
