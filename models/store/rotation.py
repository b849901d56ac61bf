"""The backups beside a data file: their names, and which of them are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

DAILY, BEFORE_IMPORT, BEFORE_ROLL, BEFORE_MERGE = "每日", "导入前", "提取上年数前", "合并前"
BEFORE_UPGRADE, BY_HAND = "升级前", "手动"
_PASSING = (DAILY, BEFORE_IMPORT, BEFORE_ROLL, BEFORE_MERGE)
REASONS = (*_PASSING, BEFORE_UPGRADE, BY_HAND)
_FOLDER = "备份"
_LAST, _MONTHS = 14, 12


@dataclass(frozen=True)
class Backup:
    """One backup: where it lies, when and why it was made."""

    path: Path
    at: datetime
    reason: str

    def __str__(self) -> str:
        return self.path.name


def folder_of(path: Path) -> Path:
    """Where the backups of the data file ``path`` lie."""
    return path.parent / _FOLDER


def name_for(path: Path, at: datetime, reason: str) -> Path:
    """The name of a new backup; a second one of the same moment is numbered."""
    stem = f"{path.stem} {at:%Y-%m-%d %H%M%S} {reason}"
    names = (folder_of(path) / f"{stem}{f' {n}' if n else ''}{path.suffix}" for n in range(1000))
    return next(name for name in names if not name.exists())


def backups_of(path: Path, folder: Path | None = None) -> list[Backup]:
    """The backups of a data file in ``folder`` (default: the one beside it), newest first."""
    form = re.compile(
        rf"{re.escape(path.stem)} (\d{{4}}-\d\d-\d\d) (\d{{6}}) ({'|'.join(REASONS)})(?: \d+)?{re.escape(path.suffix)}"
    )
    folder = folder or folder_of(path)
    found = []
    for each in folder.iterdir() if folder.is_dir() else ():
        if match := form.fullmatch(each.name):
            with suppress(ValueError):  # digits that are no date: somebody's own file
                found.append(Backup(each, datetime.fromisoformat(f"{match[1]}T{match[2]}"), match[3]))
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def to_remove(backups: Iterable[Backup], today: date) -> list[Backup]:
    """The backups no longer needed.

    Kept are: those made by hand and before an upgrade, the last 14 of each other reason, the newest of each of the last
    12 months, the newest of each year.
    """
    newest_first = sorted(backups, key=lambda backup: backup.at, reverse=True)
    kept = {each for each in newest_first if each.reason in (BY_HAND, BEFORE_UPGRADE)}
    for reason in _PASSING:
        kept.update([each for each in newest_first if each.reason == reason][:_LAST])
    this_month = today.year * 12 + today.month
    kept |= _newest(newest_first, lambda at: at.year * 12 + at.month, this_month - _MONTHS + 1)
    kept |= _newest(newest_first, lambda at: at.year, 0)
    return [each for each in newest_first if each not in kept]


def _newest(newest_first: Sequence[Backup], span: Callable[[datetime], int], since: int) -> set[Backup]:
    """The newest of each month or year, from ``since`` on."""
    found: dict[int, Backup] = {}
    for each in newest_first:
        if span(each.at) >= since:
            found.setdefault(span(each.at), each)
    return set(found.values())
