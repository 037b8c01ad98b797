"""What was wrong, in order: the newest alarms, how long each lasted, and which nobody has looked at."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Final

from widgets.live.alarms import Alarm
from widgets.live.toasts import Tone

MOST: Final = 200
QUIET_MS: Final = 60_000
"""So long a fault that comes back makes no sound again."""


@dataclass(frozen=True)
class LoggedAlarm:
    """An alarm as it was said last.

    Attributes:
        began_ms: when it was raised, in milliseconds since 1970.
        ended_ms: when it was over; None while it goes on.
        is_seen: the log was open while it stood there.
    """

    alarm: Alarm
    began_ms: int
    ended_ms: int | None = None
    is_seen: bool = False


class AlarmLog:
    """Keeps the newest alarms.

    What stays under one key with one tone is one trouble, whatever it says meanwhile.
    """

    def __init__(self) -> None:
        self._logged: list[LoggedAlarm] = []
        self._sounded_ms: dict[str, int] = {}

    @property
    def newest_first(self) -> tuple[LoggedAlarm, ...]:
        """All that is kept."""
        return tuple(reversed(self._logged))

    @property
    def unseen(self) -> tuple[LoggedAlarm, ...]:
        """What nobody has looked at, oldest first."""
        return tuple(one for one in self._logged if not one.is_seen)

    @property
    def worst_now(self) -> Tone | None:
        """How serious what goes on is; None while all is well."""
        tones = {one.alarm.tone for one in self._logged if one.ended_ms is None}
        return next((tone for tone in (Tone.BAD, Tone.WARN, Tone.OK) if tone in tones), None)

    def record(self, shown: Iterable[Alarm], going_on: Container[str], now_ms: int) -> bool:
        """Take what is wrong now.

        Args:
            shown: the alarms that are shown.
            going_on: keys of all that is wrong: what another alarm explains is not over.
            now_ms: milliseconds since 1970.

        Returns:
            Whether a fault began that has not just been heard of.
        """
        self._logged = [one if one.alarm.key in going_on else _ended(one, now_ms) for one in self._logged]
        is_to_sound = False
        for alarm in shown:
            if self._take(alarm, now_ms) and alarm.tone is Tone.BAD:
                is_to_sound |= self._is_news(alarm.key, now_ms)
        del self._logged[:-MOST]
        return is_to_sound

    def see(self) -> None:
        """All of it was looked at."""
        self._logged = [one if one.is_seen else replace(one, is_seen=True) for one in self._logged]

    def _take(self, alarm: Alarm, now_ms: int) -> bool:
        """Returns whether it is another trouble than before."""
        for place, one in enumerate(self._logged):
            if one.ended_ms is None and one.alarm.key == alarm.key:
                if one.alarm.tone is alarm.tone:
                    self._logged[place] = replace(one, alarm=alarm)
                    return False
                self._logged[place] = _ended(one, now_ms)
        self._logged.append(LoggedAlarm(alarm, now_ms))
        return True

    def _is_news(self, key: str, now_ms: int) -> bool:
        sounded_ms = self._sounded_ms.get(key)
        if sounded_ms is not None and 0 <= now_ms - sounded_ms < QUIET_MS:
            return False
        self._sounded_ms[key] = now_ms
        return True


def _ended(one: LoggedAlarm, now_ms: int) -> LoggedAlarm:
    return one if one.ended_ms is not None else replace(one, ended_ms=max(now_ms, one.began_ms))
