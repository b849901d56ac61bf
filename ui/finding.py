"""What Ctrl+K finds: pages, commands, settings, returns, records of every ledger, indicators and rules, by name, code or pinyin.

The index is made in the background when the search is first turned to; after something was written only the ledgers concerned are
read again. Until it is there pages and commands are found by their names. One ledger makes one shelf; looking into a shelf is a
search by halves for beginnings and, only where these are too few, a pass over one text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from PySide6.QtCore import QObject, QTimer, Signal

from models.text import fold
from ui.found import Kind, of_window, read_anew
from ui.names import Option, spelled
from ui.page import Entry
from ui.session import Session
from ui.worker import Task

MOST = 40  # results offered
TOLD_EVERY = 50  # milliseconds: shelves come in faster than the list need be drawn anew
EXACT, BEGINS, HOLDS = range(3)
_PART, _END = "\x00", "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit(Option):
    """A result: the line shown, and what taking it does."""

    go: Callable[[], object] = field(default=lambda: None, compare=False)


class Shelf:
    """Things of one kind, their texts laid out to be searched: all names, codes and pinyin in order, and all in one text."""

    def __init__(self, kind: Kind, *, pinyin: bool = True) -> None:
        self.kind = kind
        keyed: list[tuple[str, int]] = []
        hays: list[str] = []
        self._starts = array("l")
        at = 0
        for number, texts in enumerate(kind.rows):
            names = [fold(text) for text in texts if text]
            spoken = [each.upper() for text in texts if pinyin and not text.isascii() for each in spelled(text)]
            keyed += [(key, number) for key in dict.fromkeys([*names, *spoken])]
            hays.append(_PART.join([*names, *spoken]))
            self._starts.append(at)
            at += len(hays[-1]) + 1
        keyed.sort()
        self._keys, self._of = [key for key, _ in keyed], array("l", [number for _, number in keyed])
        self._hay = "\n".join(hays)

    def hit(self, number: int) -> Hit:
        """The line of one thing."""
        kind, texts = self.kind, self.kind.rows[number]
        told = " · ".join((kind.name, *filter(None, texts[1:])))
        return Hit(None, texts[0] or next(filter(None, texts), ""), told, lambda: kind.go(number))

    def search(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """What fits all ``words``: how well, and its number; not more than are offered of each sort."""
        first, rest = words[0], words[1:]
        low, high = bisect_left(self._keys, first), bisect_left(self._keys, first + _END)
        exact = set(self._fitting(set(self._of[low : bisect_right(self._keys, first)]), rest))
        begun = set(self._fitting(set(self._of[low:high]), rest))
        yield from ((EXACT, number) for number in nsmallest(MOST, exact))
        yield from ((BEGINS, number) for number in nsmallest(MOST, begun - exact))
        if len(begun) < MOST:
            yield from ((HOLDS, number) for number in self._holding(first, rest) if number not in begun)

    def _fitting(self, numbers: set[int], rest: Sequence[str]) -> Iterator[int]:
        return (each for each in numbers if not rest or all(word in self._text(each) for word in rest))

    def _holding(self, first: str, rest: Sequence[str]) -> Iterator[int]:
        """From the first on, those whose texts hold the words anywhere."""
        at, found = self._hay.find(first), 0
        while at >= 0 and found < MOST:
            number = bisect_right(self._starts, at) - 1
            if all(word in self._text(number) for word in rest):
                found += 1
                yield number
            after = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._hay)
            at = self._hay.find(first, after)

    def _text(self, number: int) -> str:
        end = self._starts[number + 1] - 1 if number + 1 < len(self._starts) else len(self._hay)
        return self._hay[self._starts[number] : end]


class Finder(QObject):
    """``ready``: there is more to be found than before."""

    ready = Signal()

    def __init__(self, owner: QObject, session: Session, entries: Sequence[Entry]) -> None:
        super().__init__(owner)
        self.session, self.entries = session, entries
        self.shelves: dict[str, Shelf] = {kind.id: Shelf(kind, pinyin=False) for kind in of_window(session, entries)}
        self._task: Task | None = None
        self._telling = QTimer(self, singleShot=True, interval=TOLD_EVERY)
        self._telling.timeout.connect(self.ready)
        self._stale, self._seen = True, -1  # the latest batch that was read; below 0 nothing was
        session.data_changed.connect(lambda _: self._spoil())
        session.scope_changed.connect(self._forget)

    def _spoil(self) -> None:
        self._stale = True

    def _forget(self) -> None:
        self._stale, self._seen = True, -1

    def wake(self) -> None:
        """Make the index, unless it is up to date or being made."""
        if self._task is not None or not self._stale:
            return
        self._stale = False
        session, entries, seen = self.session, self.entries, self._seen

        def work() -> Iterator[Shelf | int]:
            kinds = list(of_window(session, entries)) if seen < 0 else []
            for each in read_anew(session, seen):
                if isinstance(each, int):
                    yield each
                else:
                    kinds.append(each)
                    yield Shelf(each, pinyin=seen >= 0)  # spelling takes longest, the first time
            yield from (Shelf(kind) for kind in (kinds if seen < 0 else ()))

        self._task = task = Task(self, work)
        task.progressed.connect(self._take)
        for signal in (task.done, task.stopped, task.failed):
            signal.connect(lambda *_: self._ended())
        task.start()

    def _take(self, found: Shelf | int) -> None:
        if isinstance(found, Shelf):
            self.shelves[found.kind.id] = found
            if not self._telling.isActive():
                self._telling.start()
        elif not self._stale or self._seen >= 0:  # not when another zone was turned to meanwhile
            self._seen = found

    def _ended(self) -> None:
        self._task = None  # what was written meanwhile is read when somebody types on
        self._telling.stop()
        self.ready.emit()

    def search(self, text: str) -> list[Option]:
        """What fits, best first; words parted by spaces must all fit."""
        words = [word for part in text.split() if (word := fold(part))]
        if not words:
            return []
        shelves = sorted(self.shelves.values(), key=lambda shelf: shelf.kind.order)
        found = [(rank, place, number) for place, shelf in enumerate(shelves) for rank, number in shelf.search(words)]
        return [shelves[place].hit(number) for _, place, number in nsmallest(MOST, found)]
