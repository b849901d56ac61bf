"""Where a zone stands: its place among the zones of the file, how it moved since the period before, its light (returns.md C2, C6).

Places are only given where several zones stand side by side, as at the city or the province; a zone that is part of another has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from models.indicators import Result, indicator_set
from models.kinds import decimal_of
from models.overridden import reported_values
from models.pace import standing
from models.packs.pack import Pack
from models.parks import Together
from models.periods import Period
from models.questions import DASH, Answer
from models.store import Connection
from models.store.zones import groups_of, pick


class Standings:
    """Places in one return; each indicator is worked out once for all zones, when it is first asked for.

    ``scopes`` are the zones that are compared, each with those its own figure ranges over; None for all of the file.
    """

    def __init__(  # noqa: PLR0917
        self,
        connection: Connection,
        pack: Pack,
        zone: str,
        period: Period,
        today: date,
        scopes: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.connection, self.pack, self.zone, self.period, self.today = connection, pack, zone, period, today
        self.scopes = scopes
        self._places: dict[tuple[str, Period], dict[str, int]] = {}

    def of(self, zone: str) -> Standings:
        """Those of another of the zones; what was worked out for all is not worked out again."""
        found = Standings(self.connection, self.pack, zone, self.period, self.today, self.scopes)
        found._places = self._places
        return found

    def answer(self, word: str, result: Result) -> Answer:
        """位次, 上期位次, 位次变化 (前移2位), 灯 or 进度差 (百分点) of an indicator."""
        if word == "灯":
            return light(result, self.period, self.today)
        if word == "进度差":
            found = standing(result, self.period, self.today)
            return DASH if found is None or found.ahead is None else decimal_of(found.ahead, 1)
        now, before = (self._place(result, each) for each in (self.period, self.period.previous()))
        places = {"位次": now, "上期位次": before}
        if word in places:
            return DASH if (place := places[word]) is None else str(place)
        return DASH if now is None or before is None else moved(before - now)

    def _place(self, result: Result, period: Period) -> int | None:
        asked = (result.indicator.id, period)
        if asked not in self._places:
            of = result.indicator, indicator_set(self.pack).figures[result.indicator.id]
            groups = self._groups()
            scopes = groups if len(groups) > 1 else {}
            each = reported_values(self.connection, self.pack, of, scopes, period=period, today=self.today)
            self._places[asked] = Together(result.indicator, "", None, each).ranks()
        return self._places[asked].get(self.zone)

    def _groups(self) -> Mapping[str, Sequence[str]]:
        if self.scopes is not None:
            return self.scopes
        return groups_of(self.connection, pick(self.connection, self.zone), every=True) if self.zone else {}


def moved(places: int) -> str:
    """So many places nearer to the first, in words."""
    return f"{'前移' if places > 0 else '后移'}{abs(places)}位" if places else "持平"


def light(result: Result, period: Period, today: date) -> str:
    """绿, 黄 or 红 as the indicators page has it; — where no target is one the zone has to reach by then."""
    found = standing(result, period, today)
    return DASH if found is None else found.light or DASH
