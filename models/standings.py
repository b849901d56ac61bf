"""Where a zone stands: its place among the zones of the file, how it moved since the period before, its light (returns.md C2, C6).

Places are only given where several zones stand side by side, as at the city or the province; a zone that is part of another has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from models.indicators import Result
from models.kinds import decimal_of
from models.overridden import reported_values
from models.pace import standing_by_own
from models.packs.pack import Pack
from models.parks import Together
from models.periods import Period
from models.questions import DASH, Answer
from models.store import Connection
from models.store.zones import groups_of, pick


class Standings:
    """Places in one return; what an indicator comes to for all zones is worked out once, when it is first asked for.

    ``scopes`` are the zones that are compared, each with those its own figure ranges over; None for all of the file. The
    indicators ``at_once`` are worked out with the first of them.
    """

    def __init__(
        self, connection: Connection, pack: Pack, period: Period, today: date, *,
        scopes: Mapping[str, Sequence[str]] | None = None, at_once: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.connection, self.pack, self.period, self.today = connection, pack, period, today
        self._scopes, self._at_once = scopes, at_once
        self._places: dict[tuple[str, Period], dict[str, int]] = {}

    def answer(self, word: str, result: Result, zone: str) -> Answer:
        """位次, 上期位次, 位次变化 (前移2位), 灯 or 进度差 (百分点) of an indicator."""
        if word in ("灯", "进度差"):
            found = standing_by_own(result, self.period, self.today)
            if word == "灯":
                return DASH if found is None else found.light or DASH
            return DASH if found is None or found.ahead is None else decimal_of(found.ahead, 1)
        now, before = (self._place(result, each, zone) for each in (self.period, self.period.previous()))
        places = {"位次": now, "上期位次": before}
        if word in places:
            return DASH if (place := places[word]) is None else place
        return DASH if now is None or before is None else moved(before - now)

    def _place(self, result: Result, period: Period, zone: str) -> int | None:
        asked = result.indicator.id
        if (asked, period) not in self._places:
            ids = self._at_once if asked in self._at_once else (asked,)
            scopes = self._compared(zone)
            values = reported_values(self.connection, self.pack, ids, scopes, period=period, today=self.today)
            for each in (one for one in self.pack.indicators if one.id in ids):
                own = {code: found[each.id] for code, found in values.items()}
                self._places[each.id, period] = Together(each, "", None, own).ranks()
        return self._places[asked, period].get(zone)

    def _compared(self, zone: str) -> Mapping[str, Sequence[str]]:
        """The zones side by side; none where there is only one."""
        if self._scopes is None:
            self._scopes = groups_of(self.connection, pick(self.connection, zone), every=True) if zone else {}
        return self._scopes if len(self._scopes) > 1 else {}


def moved(places: int) -> str:
    """So many places nearer to the first, in words."""
    return f"{'前移' if places > 0 else '后移'}{abs(places)}位" if places else "持平"
