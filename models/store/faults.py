"""What can go wrong with the data file and is not the program's fault, each told in one sentence.

A full disk, a write-protected place, a network drive and a damaged file are :class:`EnvironmentFault`; anything SQLite reports
besides is a fault of the program and passes unchanged.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError


class EnvironmentFault(Exception):
    """Something around the program prevents the work; the message says what and how to go on (Chinese)."""


class DiskFull(EnvironmentFault):
    """No room left on the disk."""


class DiskFault(EnvironmentFault):
    """The disk does not read or write: pulled out, broken, or over a limit."""


class ReadOnly(EnvironmentFault):
    """The file, its folder or its medium cannot be written (or not even read)."""


class Damaged(EnvironmentFault):
    """The file is no longer a whole data file."""


class InUse(EnvironmentFault):
    """Another window or program holds the file."""


class NewerFile(EnvironmentFault):
    """The file was written by a newer version of this program."""


class OnNetworkDrive(EnvironmentFault):
    """The file lies on a network drive, where SQLite cannot promise anything."""


_Told = tuple[type[EnvironmentFault], str]
_FULL: _Told = (DiskFull, "磁盘已满，这一步没有存上；请清出空间后重做这一步，之前的都已存好")
_FIXED: _Told = (ReadOnly, "“{name}”不能写：文件或所在文件夹是只读的，请换一个能写的地方或去掉只读属性")
_FORBIDDEN: _Told = (ReadOnly, "没有权限读写“{name}”，请换一个能写的地方或请管理员授权")
_BROKEN: _Told = (
    DiskFault,
    "读写“{name}”时磁盘出错（可能被拔出、已坏或超过限额），这一步没有存上；请检查磁盘后重做这一步",
)
_BUSY: _Told = (InUse, "“{name}”正被另一个程序占用，请关掉它后重试")
_TORN: _Told = (Damaged, "“{name}”已损坏（有字节被改动或没写完），请在“数据”页从最近的备份恢复")

_SQLITE: dict[int, _Told] = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _FIXED,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: (ReadOnly, "打不开“{name}”：文件夹不存在、没有权限或不能写，请检查路径"),
    sqlite3.SQLITE_IOERR: _BROKEN,
    sqlite3.SQLITE_CORRUPT: _TORN,
    sqlite3.SQLITE_NOTADB: (Damaged, "“{name}”不是本程序的数据文件或已损坏，请选对文件，或从最近的备份恢复"),
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}
_TORN_WITHOUT_CODE = (
    "Could not decode to UTF-8",
    "unsupported file format",
)  # messages for broken texts and header fields
_SYSTEM: dict[int, _Told] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _FIXED,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EIO: _BROKEN,
    errno.EFBIG: _BROKEN,
    errno.ENOENT: (ReadOnly, "找不到“{name}”，请检查路径"),
    errno.ENOTDIR: (ReadOnly, "找不到“{name}”，请检查路径"),
    errno.EISDIR: (ReadOnly, "“{name}”是文件夹，请选一个文件"),
}


def explain(error: BaseException, path: Path) -> EnvironmentFault | None:
    """The fault behind an error of the database, the system or of reading text from either; None when it is the program's own."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, OSError):
        found = _SYSTEM.get(origin.errno or 0)
    elif isinstance(origin, UnicodeDecodeError):
        found = _TORN  # SQLite's own message about a broken name
    elif isinstance(origin, sqlite3.Error):
        code = getattr(origin, "sqlite_errorcode", None)
        # the low byte is the primary result code
        found = _TORN if str(origin).startswith(_TORN_WITHOUT_CODE) else _SQLITE.get((code or 0) & 0xFF)
    else:
        found = None
    return found[0](found[1].format(name=path.name)) if found else None


@contextmanager
def told(path: Path, *, system: bool = True) -> Iterator[None]:
    """Turn errors that are not the program's into an :class:`EnvironmentFault`: the database's and, if ``system``, the system's.

    ``system`` is off where the block runs a caller's work, whose own files must not be blamed on the data file.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError, UnicodeDecodeError) as error:
        fault = explain(error, path) if system or isinstance(error, DBAPIError | sqlite3.Error) else None
        if fault is None:
            raise
        raise fault from error
