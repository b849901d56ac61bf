"""The writer's lock: the operating system's on ``NAME.lock`` (gone with its process), and who holds it, in the text of ``NAME.holder``."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout


@dataclass(frozen=True)
class Holder:
    """Who writes: name, computer, since when."""

    who: str
    host: str
    since: str

    def __str__(self) -> str:
        return f"{self.who}（电脑 {self.host}，{self.since} 起）"


class Lock:
    """One data file's lock. :meth:`take` is False while somebody else holds it; then :attr:`holder` tells who."""

    def __init__(self, path: Path, who: str, host: str) -> None:
        self._card = path.with_name(path.name + ".holder")
        # any thread may give back what another took
        self._lock = FileLock(path.with_name(path.name + ".lock"), thread_local=False)
        self._mine = Holder(who, host, "")

    def take(self) -> bool:
        """Become the writer. A card left by a process that died is replaced: the system's lock went with it.

        Raises OSError where no lock can be made: a folder that cannot be written, a drive without locks.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        self._mine = Holder(self._mine.who, self._mine.host, f"{datetime.now():%Y-%m-%d %H:%M}")
        self._show_card()
        return True

    def rename(self, who: str) -> None:
        """Another person works here from now on."""
        self._mine = replace(self._mine, who=who)
        if self._lock.is_locked:
            self._show_card()

    def _show_card(self) -> None:
        fresh = self._card.with_name(self._card.name + ".new")
        with suppress(OSError):  # a full disk: the lock holds without its card
            fresh.write_text(json.dumps(asdict(self._mine), ensure_ascii=False), encoding="utf-8")
            fresh.replace(self._card)  # in one step, so that nobody reads half a card

    @property
    def holder(self) -> Holder | None:
        """Who holds the lock now, as far as the card tells."""
        try:
            return Holder(**json.loads(self._card.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def release(self) -> None:
        """Give the lock back."""
        if self._lock.is_locked:
            self._card.unlink(missing_ok=True)
            self._lock.release()
