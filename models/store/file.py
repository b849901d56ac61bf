"""The data file: opening it (new, old or newer), its lock and its connections.

SQLite, WAL with synchronous=FULL (a returned call is on the disk), foreign keys on. One window writes at a time; a second
opener reads. The number of the schema is ``PRAGMA user_version``, readable before anything else is loaded.
"""

from __future__ import annotations

import getpass
import platform
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event

from models.store.drives import on_network
from models.store.faults import Damaged, InUse, NewerFile, OnNetworkDrive, ReadOnly, explain, told
from models.store.lock import Lock
from models.store.migrations import migrate
from models.store.sqlite import connect, discard, in_shape, mark, put_in_place, schema_of, side_files
from models.store.tables import SCHEMA, schema

_PATIENCE = 5.0


class DataFile:
    """An open data file.

    ``read_only`` is set when asked for, when it cannot be written and when a newer program wrote it; ``notice`` says why and how
    to go on.
    """

    def __init__(self, path: Path, *, read_only: bool = False, who: str = "") -> None:
        self.path = path
        self.who = who or getpass.getuser()
        self.host = platform.node()
        self.lock = Lock(path, self.who, self.host)
        self.notice = ""
        self._turn = threading.Lock()
        self._writer: Connection | None = None
        number = schema_of(path)
        newer = f"“{path.name}”是新版程序存的（第 {number} 版，本程序只认到第 {SCHEMA} 版）" if number > SCHEMA else ""
        self.engine = _engine(path)
        with ExitStack() as undoing, told(path):
            undoing.callback(self.close)
            self.read_only = read_only or bool(newer) or not self._become_writer(number)
            if self.read_only and number < SCHEMA:
                raise ReadOnly(self.notice or _cannot_prepare(path, number))
            with closing(connect(path, "read")) as connection:
                whole = in_shape(connection)
                if newer and not (whole and holds_all(connection)):
                    raise NewerFile(f"{newer}，请升级程序后再打开；文件没有被动过")
                if newer:
                    self.notice = f"{newer}，这里只能看；要改请升级程序"
                if not whole:
                    raise Damaged(f"“{path.name}”里表的定义变了（有字节被改动，或用别的工具改过），请从最近的备份恢复")
            undoing.pop_all()

    def _become_writer(self, number: int) -> bool:
        """Take the lock, make or migrate the file, open the writer; False, with ``notice`` set, where that cannot be."""
        if on_network(self.path):
            self.notice = f"“{self.path.name}”在网络盘上，多人同时写会弄坏它；这里只能看，要改请先复制到本机（如“文档”文件夹）再打开"
            if not number:
                raise OnNetworkDrive(f"不能把“{self.path.name}”建在网络盘上，请选本机的文件夹")
            return False
        try:
            taken = self.lock.take()
            if taken:
                self._open_writer(number)
        except (OSError, ReadOnly) as error:
            fault = error if isinstance(error, ReadOnly) else explain(error, self.path)
            if not isinstance(fault, ReadOnly):
                raise
            self.notice = f"{fault}；现在只能看"
            self.lock.release()
            return False
        if not taken:
            holder = self.lock.holder
            self.notice = (
                f"这个文件正由 {holder} 编辑，这里只能看" if holder else "这个文件正开在另一个窗口里，这里只能看"
            )
            if not number:
                raise InUse(self.notice)
        return taken

    def _open_writer(self, number: int) -> None:
        with told(self.path):
            if not number:
                _create(self.path)
            elif number < SCHEMA:
                migrate(self.path, number, SCHEMA)
            engine = create_engine("sqlite://", creator=lambda: connect(self.path), poolclass=NullPool)
            event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
            writer = engine.connect()
            try:
                with writer.begin() as trial:  # a write-protected file opens like any other and refuses only now
                    writer.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
                    trial.rollback()
                self._writer = writer
            finally:
                if self._writer is None:
                    writer.close()

    def sign_as(self, who: str) -> None:
        """What is written from now on is ``who``'s; others who open the file are told so."""
        self.who = who or getpass.getuser()
        self.lock.rename(self.who)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose reads see one moment of the file."""
        with told(self.path, system=False), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: durable when the block ends, undone when it raises. Raises InUse while another thread's lasts."""
        if self._writer is None:
            raise ReadOnly(self.notice or "这个文件是只为查看打开的，不能改")
        if not self._turn.acquire(timeout=_PATIENCE):
            raise InUse("前一步（如导入）还没有做完，请等它做完再改")
        try:
            with told(self.path, system=False), self._writer.begin():
                yield self._writer
        finally:
            self._turn.release()

    def close(self) -> None:
        """Give back connections and lock."""
        self.engine.dispose()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _engine(path: Path) -> Engine:
    """Connections that read: none of them can write, whatever is sent through it."""
    engine = create_engine("sqlite://", creator=lambda: connect(path, "read"), poolclass=QueuePool, pool_size=4)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _create(path: Path) -> None:
    """A new data file, made whole beside its place and moved there, so that a half-made file never has the name."""
    fresh = path.with_name(path.name + ".new")
    discard(fresh)
    for side in side_files(path):  # of a file that somebody took away; SQLite would play it into the new one
        if side.exists():
            side.replace(side.with_name(f"{side.name}.旧"))
    engine = create_engine("sqlite://", creator=lambda: connect(fresh), poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    with engine.begin() as made:
        schema().create_all(made, checkfirst=False)
    with closing(connect(fresh)) as connection:
        mark(connection, SCHEMA)
    put_in_place(fresh, path)


def holds_all(connection: sqlite3.Connection) -> bool:
    """Whether every table and column of this schema is there: what a newer program added does not keep one from looking."""
    for table in schema().tables.values():
        there = {row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
        if not {column.name for column in table.columns} <= there:
            return False
    return True


def _cannot_prepare(path: Path, number: int) -> str:
    if not number:
        return f"没有“{path.name}”这个数据文件"
    return f"“{path.name}”是旧版程序存的，先要升级才能看；请不要用只读方式打开"
