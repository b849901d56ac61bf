"""Where the clerk is in the audit: her place in each return's list, and the park that a step from it led her to."""

from __future__ import annotations

from models.audit import Finding
from models.choices import Threshold
from models.doubts.doubt import Doubt
from models.packs.pack import Rule
from models.periods import Period
from models.store.carried import Unconfirmed
from ui.asked import Asked
from ui.auditing import Auditor
from ui.doubting import Doubter
from ui.pages.audit_rows import key_of
from ui.session import Session


class Whereabouts:
    """Of one audit page. ``place`` is what a line of the list is known by, kept for each return that was on show."""

    def __init__(self, session: Session, auditor: Auditor) -> None:
        self.session, self.auditor = session, auditor
        self._places: dict[Asked, object] = {}
        self._led: tuple[tuple[str, Period], str] | None = None  # from which zone and period to which zone

    @property
    def place(self) -> object:
        """Where she was in the list of the return on show, None where she was not in it."""
        asked = self.auditor.asked
        return self._places.get(asked) if asked is not None and self.auditor.report is not None else None

    def note(self, place: object) -> None:
        """She is there."""
        if self.auditor.asked is not None:
            self._places[self.auditor.asked] = place

    def lead(self, zone: str, period: Period) -> None:
        """A step led from this zone and period to what is on show now."""
        self._led = ((zone, period), self.session.zone) if zone != self.session.zone else None

    def stay(self) -> None:
        """She turned to the audit of what is on show herself: the next step goes on from there."""
        self._led = None

    def come_back(self) -> None:
        """The next step goes on in the return whose park's row the last one led to."""
        led, self._led = self._led, None
        if led is not None and led[1] == self.session.zone:
            (zone, period), _ = led
            self.session.show_scope(zone=zone, period=period)

    def waits(self, doubter: Doubter | None) -> bool:
        """Whether it is not known yet what is to be gone to, of the doubts where there is a ``doubter``; the clerk is told."""
        if self.auditor.report is None:
            if not self.auditor.busy:
                self.auditor.run()
            self.session.said.emit("正在审核，审完再按 F8", "")
            return True
        if doubter is not None and doubter.doubts is None:
            doubter.look()
            self.session.said.emit("正在找疑点，找完再按 F8", "")
            return True
        return False


def stands_open(of: object) -> bool:
    """Whether it is in the way of issuing."""
    return (
        isinstance(of, Unconfirmed)
        or (isinstance(of, Finding) and of.open)
        or (isinstance(of, Doubt) and not of.explained)
    )


def place_of(of: object) -> object:
    """What a line of the list is known by from one audit to the next."""
    if isinstance(of, Unconfirmed):
        return of.ledger.id, of.zone
    if isinstance(of, Threshold | Doubt):
        return of.name if isinstance(of, Threshold) else of.key
    return key_of(of) if isinstance(of, Finding) else of.id if isinstance(of, Rule) else None
