"""kill -9 at random moments of typing, importing, backing up, upgrading and restoring: nothing acknowledged is lost, the file is whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time

import pytest

from models.store import migrations  # its steps are loaded before the children are born
from models.store.backup import backup, is_good, restore
from models.store.batches import batch
from models.store.check import check
from models.store.content import content_hash
from models.store.file import DataFile
from models.store.tables import SCHEMA
from tests.models.store.made import ENTERPRISE, ENTERPRISE_YEAR, YEAR, ZONE, empty, fill, filled
from tests.models.store.make_schema_1 import FILE as SCHEMA_1

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has neither fork nor kill -9; WAL is the same there"
)
SOME = 300


def typing(path, acknowledge):
    """Batch n adds an enterprise called n and its year; the first enterprise's telephone counts them."""
    with DataFile(path) as file:
        with file.reading() as connection:
            first = connection.exec_driver_sql("SELECT id FROM enterprise WHERE ent_name = '0'").scalar()
            n = connection.exec_driver_sql("SELECT count(*) FROM enterprise").scalar()
        while True:
            with batch(file, ZONE, "录入", f"第 {n} 步") as work:
                row = work.add(ENTERPRISE, {"ent_name": str(n)})
                work.add(ENTERPRISE_YEAR, {"ent": row, "is_up": n % 2}, YEAR)
                first = first or row
                work.set(ENTERPRISE, first, {"tel": str(n)})
            acknowledge(n)
            n += 1


def importing(path, acknowledge):
    with DataFile(path) as file:
        for n in range(10_000):
            with batch(file, ZONE, "导入", f"第 {n} 份") as work:
                rows = work.insert(ENTERPRISE, ["ent_name", "tel"], [(str(m), str(n)) for m in range(SOME)])
                work.set_many(ENTERPRISE, {row: {"email": str(n)} for row in rows[::7]})
            acknowledge(n)


def backing_up(path, acknowledge):
    for n in range(10_000):
        backup(path, path.with_name(f"{n}.bak"))
        acknowledge(n)


def restoring(path, acknowledge):
    for n in range(10_000):
        restore(path.with_name("saved.bak"), path)
        acknowledge(n)


def upgrading(path, acknowledge):
    for n in range(10_000):
        shutil.copy(SCHEMA_1, path.with_name("old"))  # a half-made copy would be no upgrade's fault
        path.with_name("old").replace(path)
        acknowledge(n)
        DataFile(path).close()


def killed(work, path, chance, longest=0.004):
    """Run ``work`` in a child and kill it after some steps and a moment more; the last number it acknowledged, -1 for none.

    One child in five is killed before its first step: while it opens, makes or first touches the file.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            work(path, lambda n: os.write(writing, n.to_bytes(4)))
        finally:
            os._exit(1)
    os.close(writing)
    steps = chance.choice([0, 1, 2, 3, 9])
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        told = b"".join(pipe.read(4) for _ in range(steps))
        time.sleep(chance.uniform(0, longest if steps else 0.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told += pipe.read()
    return int.from_bytes(told[-4:]) if told else -1


@pytest.fixture
def chance():
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    return random.Random(seed)


def cells(path, sql):
    assert check(path) == []
    with DataFile(path) as file:
        assert not file.read_only
        with file.reading() as connection:
            return connection.exec_driver_sql(sql).all()


def test_killed_while_typing(tmp_path, chance):
    survived = 0
    for n in range(54):
        path = tmp_path / f"{n}.db"
        if n % 4:  # every fourth child has to make the file first
            path.write_bytes(empty())
        done = -1
        for _ in range(1 + n % 2):  # half the files are worked on again after the first kill
            last = max(done, killed(typing, path, chance))
            names = cells(path, "SELECT ent_name, tel FROM enterprise ORDER BY id") if path.exists() else []
            done = len(names) - 1
            assert done in {last, last + 1}
            assert [name for name, _ in names] == [str(n) for n in range(done + 1)]
            if names:
                assert names[0][1] == str(done)
                assert len(cells(path, "SELECT * FROM enterprise_year")) == len(names)
                assert len(cells(path, "SELECT * FROM batch")) == len(names)
        survived += done > 0
    assert survived > 10


def test_killed_while_importing(tmp_path, chance):
    survived = 0
    for n in range(60):
        path = tmp_path / f"{n}.db"
        path.write_bytes(empty())
        last = killed(importing, path, chance, 0.02)
        done = cells(
            path, "SELECT tel, count(*), count(email) FROM enterprise GROUP BY tel ORDER BY CAST(tel AS INTEGER)"
        )
        assert len(done) - 1 in {last, last + 1}
        assert done == [(str(m), SOME, len(range(0, SOME, 7))) for m in range(len(done))]
        survived += len(done) > 0
    assert survived > 10


def test_killed_while_backing_up(tmp_path, chance):
    path = filled(tmp_path / "a.db")
    content, survived = content_hash(path, ids=True), 0
    for n in range(60):
        folder = tmp_path / f"{n}"
        folder.mkdir()
        shutil.copy(path, folder / "a.db")
        last = killed(backing_up, folder / "a.db", chance, 0.02)
        made = sorted(int(each.stem) for each in folder.glob("*.bak"))
        assert made in (list(range(last + 1)), list(range(last + 2)))
        for each in made:
            assert is_good(folder / f"{each}.bak")
            assert content_hash(folder / f"{each}.bak", ids=True) == content
        assert content_hash(folder / "a.db", ids=True) == content
        survived += len(made) > 0
    assert survived > 10


def test_killed_while_restoring(tmp_path, chance):
    path, other = fill(tmp_path / "a.db"), fill(tmp_path / "saved.bak")
    contents = {content_hash(path, ids=True), content_hash(other, ids=True)}
    for n in range(20):
        folder = tmp_path / f"{n}"
        folder.mkdir()
        shutil.copy(path, folder / "a.db")
        shutil.copy(other, folder / "saved.bak")
        killed(restoring, folder / "a.db", chance, 0.02)
        assert cells(folder / "a.db", "SELECT count(*) FROM enterprise") == [(2,)]
        assert content_hash(folder / "a.db", ids=True) in contents
        assert all(content_hash(each, ids=True) in contents for each in folder.glob("a 恢复前 *.db"))


def test_killed_while_upgrading(tmp_path, chance):
    content = content_hash(SCHEMA_1, ids=True)
    assert len(migrations._STEPS) == SCHEMA
    for n in range(20):
        path = tmp_path / f"{n}" / "a.db"
        path.parent.mkdir()
        killed(upgrading, path, chance, 0.2)
        if path.exists():
            DataFile(path).close()
            assert cells(path, "PRAGMA user_version") == [(SCHEMA,)]
            assert content_hash(path, ids=True) == content
