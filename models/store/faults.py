"""What can go wrong with the data file and is not the program's fault, each told in one sentence.

A full disk, a write-protected place, a network drive and a damaged file are :class:`EnvironmentFault`; anything SQLite reports
besides is a fault of the program and passes unchanged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError


class EnvironmentFault(Exception):
    """Something around the program prevents the work; the message says what and how to go on (Chinese)."""


class DiskFull(EnvironmentFault):
    """No room left on the disk."""


class ReadOnly(EnvironmentFault):
    """The file, its folder or its medium cannot be written."""


class Damaged(EnvironmentFault):
    """The file is no longer a whole data file."""


class InUse(EnvironmentFault):
    """Another window or program holds the file."""


class NewerFile(EnvironmentFault):
    """The file was written by a newer version of this program."""


class OnNetworkDrive(EnvironmentFault):
    """The file lies on a network drive, where SQLite cannot promise anything."""


_SENTENCES: dict[int, tuple[type[EnvironmentFault], str]] = {
    sqlite3.SQLITE_FULL: (DiskFull, "磁盘已满,这一步没有存上;请清出空间后重做这一步,之前的都已存好"),
    sqlite3.SQLITE_READONLY: (ReadOnly, "“{name}”不能写:文件或所在文件夹是只读的,请换一个能写的地方或去掉只读属性"),
    sqlite3.SQLITE_PERM: (ReadOnly, "没有权限读写“{name}”,请换一个能写的地方或请管理员授权"),
    sqlite3.SQLITE_CANTOPEN: (ReadOnly, "打不开“{name}”:文件夹不存在、没有权限或不能写,请检查路径"),
    sqlite3.SQLITE_IOERR: (
        DiskFull,
        "读写“{name}”时磁盘出错(可能已满、被拔出或已坏),这一步没有存上;请检查磁盘后重做这一步",
    ),
    sqlite3.SQLITE_CORRUPT: (Damaged, "“{name}”已损坏(有字节被改动或没写完),请在“数据”页从最近的备份恢复"),
    sqlite3.SQLITE_NOTADB: (Damaged, "“{name}”不是本程序的数据文件或已损坏,请选对文件,或从最近的备份恢复"),
    sqlite3.SQLITE_BUSY: (InUse, "“{name}”正被另一个程序占用,请关掉它后重试"),
    sqlite3.SQLITE_LOCKED: (InUse, "“{name}”正被另一个程序占用,请关掉它后重试"),
}


def explain(error: BaseException, path: Path) -> EnvironmentFault | None:
    """The fault behind a database error, or None when it is the program's own."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, OSError):
        return _from_system(origin, path)
    code = getattr(origin, "sqlite_errorcode", None)
    if code is None or not isinstance(origin, sqlite3.Error):
        return None
    # low byte = primary result code, the rest is the extended one
    found = _SENTENCES.get(code & 0xFF)
    return found[0](found[1].format(name=path.name)) if found else None


def _from_system(error: OSError, path: Path) -> EnvironmentFault | None:
    kind = {
        28: sqlite3.SQLITE_FULL,
        122: sqlite3.SQLITE_FULL,
        30: sqlite3.SQLITE_READONLY,
        13: sqlite3.SQLITE_PERM,
        5: sqlite3.SQLITE_IOERR,
    }
    fault = _SENTENCES.get(kind.get(error.errno or 0, -1))
    return fault[0](fault[1].format(name=path.name)) if fault else None


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn database and system errors that are not the program's into an :class:`EnvironmentFault`."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        fault = explain(error, path)
        if fault is None:
            raise
        raise fault from error
