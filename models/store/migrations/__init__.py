"""Bringing an older data file up to date: one step for each schema number, run by Alembic's operations.

A step never changes once it has been released; a new column is a new module ``v0007_….py`` here, its line in ``_STEPS`` and
``SCHEMA`` one higher. tests/models/store/test_migrations.py compares the sum of all steps with the tables and prints what a
missing step would have to do.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import NullPool, create_engine, event

from models.store.backup import BEFORE_UPGRADE, automatic
from models.store.faults import Damaged
from models.store.migrations import (
    v0001_first,
    v0002_place,
    v0003_breadth,
    v0004_entries,
    v0005_workbook,
    v0006_choices,
    v0007_lineage,
)
from models.store.sqlite import connect, copy, discard, loose_links, mark, put_in_place, settle, torn_pages

if TYPE_CHECKING:
    from alembic.operations import Operations

_STEPS: tuple[Callable[[Operations], None], ...] = (
    v0001_first.upgrade,
    v0002_place.upgrade,
    v0003_breadth.upgrade,
    v0004_entries.upgrade,
    v0005_workbook.upgrade,
    v0006_choices.upgrade,
    v0007_lineage.upgrade,
)


def migrate(path: Path, old: int, new: int) -> None:
    """Bring the data file from schema ``old`` to ``new``, in a copy: a crash leaves the old file or the new one, each whole.

    A verified backup is made before. Nobody else may have the file open (InUse); a damaged one is refused (Damaged).
    """
    automatic(path, BEFORE_UPGRADE)
    fresh = path.with_name(f"{path.name}.upgrade")
    discard(fresh)  # of an upgrade that was cut off
    try:
        with closing(connect(path, "read")) as source:
            copy(source, fresh)
        upgrade(fresh, old, new)
        settle(path)
        put_in_place(fresh, path)
    finally:
        discard(fresh)


def upgrade(path: Path, old: int, new: int) -> None:
    """Run the steps after ``old`` up to ``new`` on a file nobody uses, in one transaction; from 0 on an absent one."""
    # Alembic costs half a second to import and is needed once per version
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=NullPool)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=OFF"))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        for step in _STEPS[old:new]:
            step(operations)
        driver = connection.connection.dbapi_connection
        mark(driver, new)  # type: ignore[arg-type]
        if torn_pages(driver) or loose_links(driver):  # type: ignore[arg-type]
            raise Damaged(f"“{path.name}”没有升级成，原来的文件没有动；请把它和升级前的备份发给维护人员")
    settle(path)
