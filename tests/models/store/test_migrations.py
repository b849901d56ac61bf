from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import NullPool, create_engine, inspect

from models.kinds import Raw
from models.ledgers import BY_ID
from models.store import migrations
from models.store.batches import batch
from models.store.check import check
from models.store.choices import OFF, choices, choose
from models.store.content import content_hash
from models.store.faults import Damaged, ReadOnly
from models.store.file import DataFile
from models.store.history import deleted, past_of, redo, restore_row, undo
from models.store.migrations import migrate, upgrade
from models.store.overrides import overrides, put_override
from models.store.rotation import BEFORE_UPGRADE, backups_of
from models.store.sqlite import schema_of
from models.store.tables import SCHEMA, schema
from models.store.versions import keep_version, versions, workbook_of
from tests.models.store.made import ENTERPRISE, YEAR, empty, enterprises, typed
from tests.models.store.make_schema_1 import FILE, ZONE, make
from tests.models.store.make_schema_5 import WORKBOOK

SCHEMA_2, SCHEMA_3, SCHEMA_4, SCHEMA_5, SCHEMA_6 = (
    FILE.with_name(f"schema-{number}.sqlite") for number in (2, 3, 4, 5, 6)
)
WHY = "一家新设企业的执照在途，台账还没有登记"


def is_as_new(path):
    """Nothing is wrong with an upgraded file, and it is made as a new one."""
    assert check(path) == []
    made = path.with_name("b.db")
    made.write_bytes(empty())
    assert drawn(path) == drawn(made)


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "园区.db"
    shutil.copy(FILE, path)
    return path


def engine_of(path):
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(path), poolclass=NullPool)


def drawn(path):
    """Tables, columns, keys, indexes and links of a file, and the text of their definitions without white space."""
    engine = engine_of(path)
    found = inspect(engine)
    tables = {
        name: {
            # in no order: a column that a later step adds comes last in an upgraded file
            "columns": sorted((each["name"], str(each["type"]), each["nullable"]) for each in found.get_columns(name)),
            "key": found.get_pk_constraint(name),
            "indexes": sorted(
                (each["name"], tuple(each["column_names"]), each["unique"]) for each in found.get_indexes(name)
            ),
            "uniques": found.get_unique_constraints(name),
            "links": sorted(map(str, found.get_foreign_keys(name))),
        }
        for name in found.get_table_names()
    }
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        texts = sorted(
            "".join(sorted(re.sub(r"\W", "", part) for part in sql.split(",")))
            for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
        )
    return tables, texts


def test_all_steps_together_make_the_tables(tmp_path):
    """What fails here is missing in models/store/migrations; the message is what a new step would have to do."""
    path = tmp_path / "a.db"
    upgrade(path, 0, SCHEMA)
    engine = engine_of(path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        missing = compare_metadata(context, schema())
        operations = produce_migrations(context, schema()).upgrade_ops
    engine.dispose()
    assert not missing, "\n" + render_python_code(operations)
    (tmp_path / "b.db").write_bytes(empty())
    made, created = drawn(path), drawn(tmp_path / "b.db")
    assert made[0] == created[0]
    assert made[1] == created[1]
    assert schema_of(path) == SCHEMA == len(migrations._STEPS)


def test_a_first_file_opens_is_backed_up_and_upgraded(old):
    before, content = old.read_bytes(), content_hash(old, ids=True)
    assert schema_of(old) == 1
    with DataFile(old) as file:
        assert not file.read_only
        (saved,) = backups_of(old)
        assert saved.reason == BEFORE_UPGRADE
        assert schema_of(saved.path) == 1
        assert content_hash(saved.path, ids=True) == content
        enterprises(file)
    assert schema_of(old) == SCHEMA
    assert old.read_bytes() != before
    assert check(old) == []
    assert {each.name for each in old.parent.iterdir()} == {"园区.db", "园区.db.lock", "备份"}
    DataFile(old).close()
    assert len(backups_of(old)) == 1


def test_content_and_history_live_through_an_upgrade(old):
    content = content_hash(old, ids=True)
    with DataFile(old) as file:
        assert content_hash(old, ids=True) == content
        (gone,) = deleted(file, ZONE, ENTERPRISE)
        assert gone.before == {"ent_name": "乙厂"}
        assert undo(file).title == "删除 乙厂"
        assert undo(file).title == "改 甲厂"
        assert redo(file).kept == redo(file).kept == ()
        assert content_hash(old, ids=True) == content
        restore_row(file, gone)
        with file.reading() as connection:
            ((row,),) = connection.exec_driver_sql("SELECT id FROM enterprise WHERE ent_name = '甲厂'").all()
        steps = past_of(file, ZONE, row)
        assert steps[1].changed == {"tel": ("0797-1", "0797-2"), "open_date": (None, Raw("去年"))}
        assert [step.place for step in steps] == [None] * len(steps)
        typed(file, row, tel="3")


def test_a_file_of_schema_2_opens_and_takes_the_new_ledgers(tmp_path):
    path = tmp_path / "园区.db"
    shutil.copy(SCHEMA_2, path)
    content = content_hash(path, ids=True)
    assert schema_of(path) == 2
    with DataFile(path) as file:
        assert content_hash(path, ids=True) == content
        assert [each.reason for each in backups_of(path)] == [BEFORE_UPGRADE]
        assert [gone.before["ent_name"] for gone in deleted(file, ZONE, ENTERPRISE)] == ["企业2"]
        with batch(file, ZONE, "录入", "新增 一地") as work:
            (parcel,) = work.insert(BY_ID["parcel"], ["parcel_no"], [("G-1",)])
            (first, _) = (
                row for (row,) in work.connection.exec_driver_sql("SELECT id FROM enterprise ORDER BY ent_name")
            )
            work.add(BY_ID["parcel_use"], {"parcel": parcel, "ent": first, "from_date": 20250101})
        assert content_hash(path, ids=True) != content
        undo(file)
        assert content_hash(path, ids=True) == content
        assert undo(file).title == "删一行"
    is_as_new(path)


def test_a_file_of_schema_3_opens_and_takes_what_is_filled_in_by_hand(tmp_path):
    path = tmp_path / "园区.db"
    shutil.copy(SCHEMA_3, path)
    content = content_hash(path, ids=True)
    assert schema_of(path) == 3
    with DataFile(path) as file:
        assert content_hash(path, ids=True) == content
        assert [each.reason for each in backups_of(path)] == [BEFORE_UPGRADE]
        with file.reading() as connection:
            (version,) = versions(connection, ZONE, "台办", YEAR)
        assert version.figures == {"TW02": 7}
        with batch(file, ZONE, "录入", "表上手填") as work:
            work.add(BY_ID["sheet_entry"], {"pack": "台办", "item": "绿色通道件数", "amount": 120_000}, YEAR)
        assert content_hash(path, ids=True) != content
        undo(file)
        assert content_hash(path, ids=True) == content
        assert undo(file).title == "删一行"
    is_as_new(path)


def test_a_file_of_schema_4_opens_and_a_version_keeps_its_workbook(tmp_path):
    path = tmp_path / "园区.db"
    shutil.copy(SCHEMA_4, path)
    content = content_hash(path, ids=True)
    assert schema_of(path) == 4
    with DataFile(path) as file:
        assert content_hash(path, ids=True) == content
        with file.reading() as connection:
            (first,) = versions(connection, ZONE, "台办", YEAR)
            assert workbook_of(connection, first.id) == b""
        values = {"pack": "台办", "version": 2, "state": "签发"}
        with batch(file, ZONE, "签发", "签发 第 2 版") as work:
            second = keep_version(work, YEAR, {}, values, workbook=b"PK\x00\xff")
        with file.reading() as connection:
            assert workbook_of(connection, second) == b"PK\x00\xff"
    is_as_new(path)


def test_a_file_of_schema_5_opens_and_a_rule_can_be_switched_off(tmp_path):
    path = tmp_path / "园区.db"
    shutil.copy(SCHEMA_5, path)
    content = content_hash(path, ids=True)
    assert schema_of(path) == 5
    with DataFile(path) as file:
        assert content_hash(path, ids=True) == content
        with batch(file, ZONE, "审核设置", "停用 P014") as work:
            choose(work, ["通用"], "P014", OFF, "本区没有这项")
        with file.reading() as connection:
            (version,) = versions(connection, ZONE, "台办", YEAR)
            assert workbook_of(connection, version.id) == WORKBOOK
            assert [(each.item, each.why) for each in choices(connection, ZONE, ["通用"]).values()] == [
                ("P014", "本区没有这项")
            ]
    is_as_new(path)


def test_a_file_of_schema_6_opens_and_a_figure_can_be_overridden(tmp_path):
    path = tmp_path / "园区.db"
    shutil.copy(SCHEMA_6, path)
    content = content_hash(path, ids=True)
    assert schema_of(path) == 6
    with DataFile(path) as file:
        assert content_hash(path, ids=True) == content
        with batch(file, ZONE, "改数", "改 TW02") as work:
            put_override(work, "台办", YEAR, "TW02", typed="8", why=WHY, calculated=Decimal(7))
        with file.reading() as connection:
            (version,) = versions(connection, ZONE, "台办", YEAR)
            assert (version.kind, version.why, version.state) == ("正式", "", "验收")
            (made,) = overrides(connection, ZONE, "台办", YEAR).values()
            assert (made.value, made.seen) == (Decimal(8), "7")
    is_as_new(path)


def test_the_kept_file_is_what_the_script_makes(tmp_path):
    make(tmp_path / "made.db")
    assert content_hash(tmp_path / "made.db", ids=True) == content_hash(FILE, ids=True)
    assert drawn(tmp_path / "made.db") == drawn(FILE)


def test_an_upgrade_that_fails_leaves_the_old_file_as_it_was(old, monkeypatch):
    before = old.read_bytes()

    def crash(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "_STEPS", (migrations._STEPS[0], crash))
    with pytest.raises(KeyboardInterrupt):
        DataFile(old)
    assert old.read_bytes() == before
    monkeypatch.undo()
    with DataFile(old) as file:
        assert not file.read_only
    assert len(backups_of(old)) == 2


def test_what_an_upgrade_that_was_cut_off_left_beside_does_not_disturb_the_next(old, tmp_path):
    content, left = content_hash(old, ids=True), old.with_name("园区.db.upgrade")
    shutil.copy(FILE, left)
    writer = sqlite3.connect(left, isolation_level=None)
    writer.execute("UPDATE enterprise SET tel = 'half done'")
    for name in ("", "-wal", "-shm"):
        shutil.copy(f"{left}{name}", f"{tmp_path / 'kept'}{name}")
    writer.close()
    for name in ("", "-wal", "-shm"):
        shutil.move(f"{tmp_path / 'kept'}{name}", f"{left}{name}")
    DataFile(old).close()
    assert content_hash(old, ids=True) == content
    assert {each.name for each in old.parent.iterdir()} == {"园区.db", "园区.db.lock", "备份"}


def test_an_upgrade_that_would_lose_links_is_not_taken_over(old, monkeypatch):
    before = old.read_bytes()

    *first, last = migrations._STEPS

    def careless(op):
        last(op)
        op.execute("DELETE FROM enterprise")

    monkeypatch.setattr(migrations, "_STEPS", (*first, careless))
    with pytest.raises(Damaged, match="没有升级成，原来的文件没有动"):
        DataFile(old)
    assert old.read_bytes() == before


def test_a_damaged_old_file_is_not_upgraded(old):
    content = bytearray(old.read_bytes())
    content[4096 * 20 : 4096 * 20 + 50] = bytes(50)
    old.write_bytes(content)
    with pytest.raises(Damaged):
        DataFile(old)
    assert old.read_bytes() == bytes(content)


def test_an_old_file_cannot_be_looked_at_only(old):
    before = old.read_bytes()
    with pytest.raises(ReadOnly, match="旧版程序存的，先要升级"):
        DataFile(old, read_only=True)
    assert old.read_bytes() == before


def test_an_upgrade_keeps_what_was_still_pending(old, tmp_path):
    writer = sqlite3.connect(old, isolation_level=None)
    writer.execute("UPDATE enterprise SET tel = 'pending'")
    crashed = tmp_path / "crashed.db"
    for name in ("", "-wal", "-shm"):
        shutil.copy(f"{old}{name}", f"{crashed}{name}")
    writer.close()
    migrate(crashed, 1, SCHEMA)
    with closing(sqlite3.connect(crashed)) as connection:
        assert connection.execute("SELECT tel FROM enterprise").fetchall() == [("pending",)]
