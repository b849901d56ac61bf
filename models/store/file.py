"""The data file: opening it (new, old or newer), its lock and its connections.

SQLite, WAL with synchronous=FULL (a returned call is on the disk), foreign keys on. One window writes at a time; a second
opener reads. The number of the schema is ``PRAGMA user_version``, readable before anything else is loaded.
"""

from __future__ import annotations

import getpass
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from models.formula.wide import register
from models.store.faults import Damaged, NewerFile, told
from models.store.lock import Lock
from models.store.tables import METADATA

APPLICATION_ID = 0x59514E42  # "YQNB"
SCHEMA = 1


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rwc"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, check_same_thread=False, timeout=5.0
    )
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    if not read_only:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    register(connection)
    return connection


def _engine(path: Path, *, read_only: bool) -> Engine:
    engine = create_engine(
        "sqlite://", creator=lambda: _connect(path, read_only=read_only), poolclass=QueuePool, pool_size=4
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # writers take the lock at once, so that no transaction can fail half-way for want of it
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")

    return engine


def schema_of(path: Path) -> int:
    """The schema number of an existing data file; 0 for an empty or absent one. Raises Damaged for any other file."""
    if not path.exists() or not path.stat().st_size:
        return 0
    with told(path):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            number = int(connection.execute("PRAGMA user_version").fetchone()[0])
            mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
        finally:
            connection.close()
    if mark != APPLICATION_ID:
        raise Damaged(f"“{path.name}”不是园区年报通的数据文件,请选对文件")
    return number


class DataFile:
    """An open data file. ``read_only`` is set when asked for, or when another window is writing (``lock.holder`` says who)."""

    def __init__(self, path: Path, *, read_only: bool = False, who: str = "") -> None:
        self.path = path
        self.who = who or getpass.getuser()
        self.host = platform.node()
        self.lock = Lock(path, self.who, self.host)
        number = schema_of(path)
        if number > SCHEMA:
            raise NewerFile(
                f"“{path.name}”是新版程序存的(第 {number} 版,本程序只认到第 {SCHEMA} 版),请升级程序后再打开;文件没有被动过"
            )
        self.read_only = read_only or not self.lock.take()
        with told(path):
            if number < SCHEMA and not self.read_only:
                self._bring_up(number)
            self.engine = _engine(path, read_only=self.read_only)
            with self.engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM meta").all()

    def _bring_up(self, number: int) -> None:
        if number:
            # Alembic costs half a second to import and is needed once per version
            from models.store.migrations import migrate

            migrate(self.path, number, SCHEMA)
            return
        # made whole beside its place and moved there, so that a half-made file never has the name
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.unlink(missing_ok=True)
        engine = _engine(fresh, read_only=False)
        METADATA.create_all(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        fresh.replace(self.path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose reads see one moment of the file."""
        with told(self.path), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: durable when the block ends, undone when it raises."""
        with told(self.path), self.engine.connect().execution_options(write=True) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Give back connections and lock."""
        self.engine.dispose()
        self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
