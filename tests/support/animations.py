"""Views that come in by an animation, until they stand."""

from playwright.async_api import Locator

_FINISH = """(one) => Promise.all(
  one.getAnimations({ subtree: true })
    .filter((a) => a.playState === "running" && a.effect.getComputedTiming().iterations === 1)
    .map((a) => a.finished))"""


async def finish_animations(element: Locator) -> None:
    """Wait until an element is there, and nothing in it moves but what moves for ever."""
    await element.evaluate(_FINISH)
