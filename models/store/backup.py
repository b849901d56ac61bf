"""Backups of a data file: made whole and verified before they get their name, kept by age, restored without losing anything.

The automatic ones lie in ``备份/`` beside the file: one at each day's first opening, before an import, before an upgrade.
"""

from __future__ import annotations

import getpass
import itertools
import os
import platform
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from models.store.faults import Damaged, EnvironmentFault, InUse, NewerFile, ReadOnly, told
from models.store.lock import Lock
from models.store.rotation import (
    BEFORE_IMPORT,
    BEFORE_MERGE,
    BEFORE_ROLL,
    BEFORE_UPGRADE,
    BY_HAND,
    DAILY,
    Backup,
    backups_of,
    folder_of,
    name_for,
    to_remove,
)
from models.store.sqlite import (
    Progress,
    connect,
    copy,
    discard,
    loose_links,
    pending,
    put_in_place,
    schema_of,
    settle,
    side_files,
    sync,
    torn_pages,
)
from models.store.tables import SCHEMA


def backup(path: Path, target: Path, progress: Progress | None = None) -> Path:
    """Copy the data file as it is now to ``target``; the file may be open and written meanwhile.

    The copy has its name only once it is verified and on the disk. Raises Damaged, naming the newest good backup, when the data
    file is not whole, DiskFull and ReadOnly for the target's disk.
    """
    if target.exists() and path.exists() and target.samefile(path):
        raise InUse("备份不能存成数据文件自己，请另起一个名字或另选一个文件夹")
    try:
        schema_of(path)
        with told(path):
            source = connect(path, "read")
        with closing(source), told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            copy(source, target, progress)
    except Damaged as fault:
        raise Damaged(f"“{path.name}”已损坏，没有备份，原有的备份都没有动；{advice(path)}") from fault
    return target


def automatic(path: Path, reason: str, progress: Progress | None = None) -> Path | None:
    """A backup in the folder beside the data file, then the rotation; None when today's daily one is there already."""
    now = datetime.now()
    if reason == DAILY and any(each.reason == DAILY and each.at.date() == now.date() for each in backups_of(path)):
        return None
    made = backup(path, name_for(path, now, reason), progress)
    rotate(path, now)
    return made


def copy_to(path: Path, made: Path, folder: Path) -> Path:
    """A second copy of a backup of the data file ``path`` in ``folder``, on a memory stick say; verified before it has its name.

    The copies there are rotated like the backups themselves. Raises an EnvironmentFault when the folder is not there.
    """
    if not folder.is_dir():
        raise ReadOnly(f"第二份备份的文件夹“{folder}”不在（U 盘没有插上？）；备份本身已存好")
    target = folder / made.name
    with told(made), closing(connect(made, "frozen")) as source, told(target):
        copy(source, target)
    rotate(path, datetime.now(), folder)
    return target


def rotate(path: Path, now: datetime, folder: Path | None = None) -> list[Path]:
    """Remove the backups that are no longer needed, unless none of those that stay is good; what was removed."""
    backups = backups_of(path, folder)
    leaving = to_remove(backups, now.date())
    if not leaving or not any(is_good(each.path) for each in backups if each not in leaving):
        return []
    for each in leaving:
        discard(each.path)
    return [each.path for each in leaving]


def is_good(path: Path) -> bool:
    """Whether a backup is whole: pages, indexes, links and definitions."""
    try:
        if not schema_of(path):
            return False
        with told(path), closing(connect(path, "read" if pending(path) else "frozen")) as connection:
            return not torn_pages(connection) and not loose_links(connection)
    except EnvironmentFault:
        return False


def newest_good(path: Path) -> Backup | None:
    """The newest backup of a data file that is whole."""
    return next((each for each in backups_of(path) if is_good(each.path)), None)


def advice(path: Path) -> str:
    """What to do about a damaged data file: which backup to take (Chinese)."""
    good = newest_good(path)
    if good is None:
        return f"“{folder_of(path).name}”文件夹里也没有完好的备份，请找存在别处的备份来恢复"
    return f"请从最近一份完好的备份“{good}”（{good.at:%Y-%m-%d %H:%M}）恢复"


def restore(source: Path, path: Path) -> Path | None:
    """Put the backup ``source`` in the place of the data file; where the present file was kept, None when there was none.

    Nothing is lost: the present file stays beside it under a name with the date. Raises Damaged when the backup is not whole,
    NewerFile, and InUse while a window has the data file open; in all of them the present file is as it was.
    """
    number = schema_of(source)
    if not number:
        raise Damaged(f"备份“{source.name}”不存在或是空的，没有恢复，现在的文件没有被动过；请换一份备份")
    if number > SCHEMA:
        raise NewerFile(f"备份“{source.name}”是新版程序存的，请升级程序后再恢复；现在的文件没有被动过")
    lock = Lock(path, getpass.getuser(), platform.node())
    fresh = path.with_name(f"{path.name}.restored")
    with told(path):
        if not lock.take():
            raise InUse(f"“{path.name}”正由 {lock.holder or '另一个窗口'} 编辑，请关掉它后再恢复")
        try:
            _copy_of_backup(source, fresh)
            aside = _set_aside(path)
            put_in_place(fresh, path)
        finally:
            discard(fresh)
            lock.release()
    return aside


def _copy_of_backup(source: Path, fresh: Path) -> None:
    try:
        with told(source), closing(connect(source, "read" if pending(source) else "frozen")) as connection:
            copy(connection, fresh)
    except Damaged as fault:
        raise Damaged(f"备份“{source.name}”已损坏，没有恢复，现在的文件没有被动过；请换一份备份") from fault


def _set_aside(path: Path) -> Path | None:
    """Give the present file a second name with the date; what is pending beside a damaged one goes with it."""
    if not path.exists():
        return None
    with suppress(Damaged, sqlite3.Error), told(path):
        settle(path)
    wal = side_files(path)[0]
    aside = _free_name(path)
    if pending(path):
        _name_again(wal, side_files(aside)[0])
    _name_again(path, aside)
    sync(path.parent)
    wal.unlink(missing_ok=True)
    return aside


def _free_name(path: Path) -> Path:
    stem = f"{path.stem} 恢复前 {datetime.now():%Y-%m-%d %H%M%S}"
    names = (path.with_name(f"{stem}{f' {n}' if n else ''}{path.suffix}") for n in itertools.count())
    return next(name for name in names if not any(each.exists() for each in (name, *side_files(name))))


def _name_again(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:  # a disk without links, such as a memory stick
        part = name.with_name(f"{name.name}.part")
        shutil.copy2(path, part)
        sync(part)
        part.replace(name)


__all__ = [
    "BEFORE_IMPORT", "BEFORE_MERGE", "BEFORE_ROLL", "BEFORE_UPGRADE", "BY_HAND", "DAILY", "advice", "automatic", "backup",
    "backups_of", "copy_to", "is_good", "newest_good", "restore", "rotate",
]  # fmt: skip
