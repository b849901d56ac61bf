"""One SQLite file as the store uses it: opening it, reading its number, copying it whole, putting another in its place.

A data file has two files beside it while it is open (``-wal``, ``-shm``); SQLite takes whatever ``-wal`` it finds for its own, so
nothing here ever puts a file where an old one's ``-wal`` lies.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from models.formula.wide import register
from models.store.faults import Damaged, InUse, told

APPLICATION_ID = 0x59514E42  # "YQNB"
_MAGIC = b"SQLite format 3\0"
_WRITER_CACHE = 16 * 1024  # KiB, taken as a batch needs it: pages of a large one are not written twice
_WAL_KEPT = 16 * 1024 * 1024
_PAGE = 8 * 1024  # of a new file; in SQLite's 4 KiB each row of the history of a wide block takes a page of its own
_STEP = 2048

Progress = Callable[[int, int], None]


def connect(path: Path, mode: str = "write") -> sqlite3.Connection:
    """A connection for ``write``, ``read``, or ``frozen``: a file nobody writes, read without a trace beside it.

    A reader opens the file like a writer, so that the last one to close it takes away what lay beside it; what it is sent to
    write is refused.
    """
    options = {"write": "mode=rwc", "read": "mode=rw", "frozen": "mode=ro&immutable=1"}[mode]
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{options}", uri=True, check_same_thread=False, timeout=5.0, isolation_level=None
    )
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        if mode == "write":
            connection.execute(f"PRAGMA page_size={_PAGE}")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(f"PRAGMA cache_size=-{_WRITER_CACHE}")
            connection.execute(f"PRAGMA journal_size_limit={_WAL_KEPT}")
        else:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        connection.close()
        closed = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if (
            mode == "read"
            and getattr(error, "sqlite_errorcode", 0) & 0xFF in closed
            and path.exists()
            and not pending(path)
        ):
            return connect(path, "frozen")  # a folder that cannot be written: nobody else can write there either
        raise
    register(connection)
    return connection


def schema_of(path: Path) -> int:
    """The schema number of a data file, read off its header without touching it; 0 for an empty or absent one.

    Raises Damaged for any other file. The header is always up to date: a file gets its number before it gets its name.
    """
    with told(path):
        head = b""
        if path.exists():
            with path.open("rb") as file:
                head = file.read(100)
    if not head:
        return 0
    if head[:16] != _MAGIC or int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise Damaged(f"“{path.name}”不是园区年报通的数据文件，或开头已损坏；请选对文件，或从备份恢复")
    return int.from_bytes(head[60:64])


def mark(connection: sqlite3.Connection, number: int) -> None:
    """Write the schema number, whose file it is, and what its tables look like."""
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={number}")
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('shape', ?)", (shape(connection),))


def shape(connection: sqlite3.Connection) -> str:
    """A hash over number, tables and indexes of the schema: a flipped byte among them would look like a fault of the program."""
    number = connection.execute("PRAGMA user_version").fetchone()
    found = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"
    ).fetchall()
    return sha256(repr([number, *found]).encode()).hexdigest()


def in_shape(connection: sqlite3.Connection) -> bool:
    """Whether the tables are still defined as :func:`mark` found them."""
    try:
        kept = connection.execute("SELECT value FROM meta WHERE key='shape'").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        return False  # no such table, no such column
    return kept is not None and kept[0] == shape(connection)


def discard(path: Path) -> None:
    """Remove an unfinished file of ours, with what SQLite left beside it."""
    for each in (path, *side_files(path)):
        each.unlink(missing_ok=True)


def pending(path: Path) -> bool:
    """Whether writes wait beside the file that its own pages do not have yet."""
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def side_files(path: Path) -> tuple[Path, Path]:
    """The two files SQLite keeps beside an open one."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def torn_pages(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the file's pages, indexes and definitions, in its own words."""
    found = [line for (line,) in connection.execute("PRAGMA integrity_check(20)") if line != "ok"]
    return found if found or in_shape(connection) else ["definitions of tables have changed"]


def loose_links(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """Rows that refer to a row that is not there: table, row number, the table it should be in."""
    return [row[:3] for row in connection.execute("PRAGMA foreign_key_check")]


def copy(source: sqlite3.Connection, target: Path, progress: Progress | None = None) -> None:
    """Copy one moment of an open file, verify the copy and put it on the disk; then move it to ``target``.

    ``progress`` is called with pages left and pages in all, and may raise to cancel. Raises Damaged when the copy is not whole.
    """
    fresh = target.with_name(f"{target.name}.part")
    discard(fresh)
    source.execute("BEGIN")  # so that rows written meanwhile do not start the copy again
    try:
        rows = counts(source)
        with closing(sqlite3.connect(fresh)) as made:
            source.backup(
                made, pages=_STEP, progress=(lambda _, left, all_: progress(left, all_)) if progress else None
            )
        with closing(connect(fresh, "frozen")) as made:
            if torn_pages(made) or loose_links(made) or counts(made) != rows:
                raise Damaged(f"“{target.name}”没有存成：数据文件里有损坏的地方")
        put_in_place(fresh, target)
    finally:
        source.execute("ROLLBACK")
        discard(fresh)


def sync(path: Path) -> None:
    """Wait until a file, or a folder's names, are on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows keeps names by itself
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle(path: Path) -> None:
    """Bring everything that waits beside a file into it; raises InUse while another window reads it."""
    if not pending(path):
        return
    with closing(connect(path)) as connection:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy or pending(path):
        raise InUse(f"“{path.name}”还开在另一个窗口里，请把它关掉后再做这一步")


def put_in_place(fresh: Path, path: Path) -> None:
    """Give a whole new file the name of ``path`` in one step. Raises InUse where an old one is open or has writes pending."""
    in_use = InUse(f"“{path.name}”还开在另一个窗口里，请把它关掉后再做这一步")
    if pending(path):
        raise in_use
    for side in side_files(path):
        side.unlink(missing_ok=True)
    sync(fresh)
    try:
        fresh.replace(path)
    except PermissionError:
        raise in_use from None
    sync(path.parent)
