from __future__ import annotations

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from models.store import backup as backup_module
from models.store import sqlite as sqlite_module
from models.store.backup import automatic, backup, copy_to, is_good, newest_good, restore, rotate
from models.store.batches import batch
from models.store.check import check
from models.store.content import content_hash
from models.store.faults import Damaged, InUse, NewerFile, ReadOnly
from models.store.file import DataFile
from models.store.rotation import BEFORE_IMPORT, BY_HAND, DAILY, backups_of, folder_of
from models.store.sqlite import side_files
from models.store.tables import SCHEMA
from tests.models.store.made import ENTERPRISE, ZONE, empty, enterprises, fill, filled, typed


def tear(path):
    """Damage a page in the middle of a file."""
    content = bytearray(path.read_bytes())
    size = int.from_bytes(content[16:18], "big")  # of a page, as the file's head has it
    middle = len(content) // size // 2 * size
    content[middle : middle + 200] = os.urandom(200)
    path.write_bytes(content)


def beside(path):
    return {each.name for each in path.parent.iterdir()}


def test_a_backup_of_an_open_file_holds_everything_that_was_acknowledged(file, tmp_path):
    row, *_ = enterprises(file, 500)
    typed(file, row, tel="1")
    target = backup(file.path, tmp_path / "别处" / "b.db")
    assert content_hash(target, ids=True) == content_hash(file.path, ids=True)
    assert check(target) == []
    assert beside(target) == {"b.db"}
    with DataFile(target) as copy:
        assert not copy.read_only


def test_writing_goes_on_during_a_backup_which_is_of_one_moment(file, tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite_module, "_STEP", 3)
    enterprises(file, 500)
    before = content_hash(file.path)
    seen = []

    def write(left, pages):
        seen.append((left, pages))
        with batch(file, ZONE, "录入", "x") as work:
            work.add(ENTERPRISE, {"ent_name": "其间"})

    target = backup(file.path, tmp_path / "b.db", write)
    assert len(seen) > 5
    assert seen[-1][0] == 0
    assert all(left < pages for left, pages in seen)
    assert content_hash(target) == before != content_hash(file.path)


def test_a_cancelled_backup_leaves_nothing(file, tmp_path):
    target = tmp_path / "b.db"
    target.write_bytes(b"the one before")

    def cancel(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(file.path, target, cancel)
    assert target.read_bytes() == b"the one before"
    assert not (tmp_path / "b.db.part").exists()
    enterprises(file)


def test_the_daily_one_is_made_once_a_day(file):
    first = automatic(file.path, DAILY)
    assert first.parent == folder_of(file.path) == file.path.parent / "备份"
    assert automatic(file.path, DAILY) is None
    second, third = automatic(file.path, BEFORE_IMPORT), automatic(file.path, BEFORE_IMPORT)
    assert {each.path for each in backups_of(file.path)} == {first, second, third}
    yesterday = f"{datetime.now() - timedelta(days=1):%Y-%m-%d}"
    first.rename(first.with_name(first.name.replace(f"{datetime.now():%Y-%m-%d}", yesterday)))
    assert automatic(file.path, DAILY) is not None


def test_a_second_copy_lies_elsewhere_and_is_rotated_too(file, tmp_path):
    made = automatic(file.path, DAILY)
    stick = tmp_path / "U盘"
    with pytest.raises(ReadOnly, match="U 盘没有插上"):
        copy_to(file.path, made, stick)
    stick.mkdir()
    for n in range(1, 81):
        at = datetime.now() - timedelta(days=n)
        shutil.copy(made, stick / f"{file.path.stem} {at:%Y-%m-%d %H%M%S} 每日.db")
    other = stick / "别的文件 2020-01-01 080000 每日.db"
    other.write_bytes(b"somebody's own")
    copied = copy_to(file.path, made, stick)
    assert copied == stick / made.name
    assert content_hash(copied) == content_hash(file.path)
    assert 15 < len(backups_of(file.path, stick)) < 20
    assert other.exists()
    assert [each.path for each in backups_of(file.path)] == [made]


def old_backups(path, amount):
    """Backups of many days, the newest yesterday."""
    good = automatic(path, BY_HAND)
    for n in range(1, amount + 1):
        at = datetime.now() - timedelta(days=n)
        shutil.copy(good, folder_of(path) / f"{path.stem} {at:%Y-%m-%d %H%M%S} 每日.db")
    good.unlink()
    return [each.path for each in backups_of(path)]


def test_old_ones_go_when_a_new_one_was_made(tmp_path):
    path = filled(tmp_path / "a.db")
    old = old_backups(path, 80)
    made = automatic(path, DAILY)
    stay = [each.path for each in backups_of(path)]
    assert stay[:14] == [made, *old[:13]]
    assert 15 < len(stay) < 20


def test_a_damaged_file_is_not_backed_up_and_nothing_is_rotated(tmp_path):
    path = filled(tmp_path / "a.db")
    old = old_backups(path, 80)
    tear(old[0])
    tear(path)
    with pytest.raises(Damaged) as caught:
        automatic(path, DAILY)
    assert f"请从最近一份完好的备份“{old[1].name}”" in str(caught.value)
    assert "没有备份，原有的备份都没有动" in str(caught.value)
    assert [each.path for each in backups_of(path)] == old
    assert {each.suffix for each in folder_of(path).iterdir()} == {".db"}


def test_the_only_good_one_is_never_removed(tmp_path):
    path = filled(tmp_path / "a.db")
    old = old_backups(path, 80)
    for each in old[:-1]:
        tear(each)
    assert rotate(path, datetime.now()) == []
    assert newest_good(path).path == old[-1]
    assert [each.path for each in backups_of(path)] == old


def test_one_good_one_that_stays_is_enough(tmp_path):
    path = filled(tmp_path / "a.db")
    old = old_backups(path, 80)
    tear(old[0])
    assert len(rotate(path, datetime.now())) > 50
    assert newest_good(path).path == old[1]


def test_a_file_with_a_loose_end_is_not_backed_up(tmp_path):
    path = filled(tmp_path / "a.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM enterprise WHERE ent_name = '企业0'")
    with pytest.raises(Damaged, match="没有备份"):
        backup(path, tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()
    assert not is_good(path)


def test_what_is_good(tmp_path):
    path = filled(tmp_path / "a.db")
    assert is_good(path)
    tear(path)
    assert not is_good(path)
    path.write_bytes(b"")
    assert not is_good(path)
    assert not is_good(tmp_path / "无.db")
    path.write_bytes(empty()[:5000])
    assert not is_good(path)


def test_restoring_brings_the_content_back_and_keeps_what_was_there(tmp_path):
    path = filled(tmp_path / "a.db")
    before = content_hash(path, ids=True)
    saved = backup(path, tmp_path / "b.db")
    with DataFile(path) as file:
        enterprises(file, 50)
    later = content_hash(path, ids=True)
    aside = restore(saved, path)
    assert content_hash(path, ids=True) == before
    assert aside.name.startswith(f"a 恢复前 {datetime.now():%Y-%m-%d}")
    assert content_hash(aside, ids=True) == later
    assert is_good(saved)
    with DataFile(path) as file:
        enterprises(file)
    assert check(path) == []
    assert content_hash(aside, ids=True) == later


def test_restoring_over_a_crashed_file_keeps_its_pending_writes_and_leaves_none_for_the_new_one(tmp_path):
    path, saved = tmp_path / "a.db", backup(fill(tmp_path / "c.db"), tmp_path / "b.db")
    wanted = content_hash(saved)
    with DataFile(tmp_path / "d.db") as file:
        enterprises(file, 300)
        for name in ("", "-wal", "-shm"):
            shutil.copy(f"{file.path}{name}", f"{path}{name}")
        crashed = content_hash(file.path, ids=True)
    aside = restore(saved, path)
    assert content_hash(path) == wanted
    assert content_hash(aside, ids=True) == crashed
    assert not any(side.exists() for side in side_files(path))


def test_restoring_over_a_torn_file_keeps_its_bytes(tmp_path):
    path, saved = tmp_path / "a.db", backup(fill(tmp_path / "c.db"), tmp_path / "b.db")
    for torn in (b"x" * 5000, empty()[:3000]):
        path.write_bytes(torn)
        wal = side_files(path)[0]
        wal.write_bytes(b"pending")
        aside = restore(saved, path)
        assert content_hash(path) == content_hash(saved)
        assert aside.read_bytes() == torn
        aside.unlink()


def test_restoring_twice_in_a_moment_keeps_both_files_that_were_there(tmp_path, monkeypatch):
    path, saved = filled(tmp_path / "a.db"), backup(fill(tmp_path / "c.db"), tmp_path / "b.db")
    contents = [content_hash(path, ids=True), content_hash(saved, ids=True)]
    first, second = restore(saved, path), restore(saved, path)
    assert first != second
    assert [content_hash(each, ids=True) for each in (first, second)] == contents

    def no_links(*_):
        raise PermissionError(1, "x")

    monkeypatch.setattr(backup_module.os, "link", no_links)
    third = restore(saved, path)
    assert content_hash(third, ids=True) == contents[1]


def test_a_backup_is_never_put_over_an_open_file(file, tmp_path):
    enterprises(file)
    with pytest.raises(InUse, match="另起一个名字"):
        backup(file.path, file.path)
    with DataFile(tmp_path / "b.db") as other:
        enterprises(other)
        with pytest.raises(InUse, match="另一个窗口"):
            backup(file.path, other.path)
        enterprises(other)
    backup(file.path, tmp_path / "b.db")


def test_restoring_where_nothing_is(tmp_path):
    saved = backup(fill(tmp_path / "c.db"), tmp_path / "b.db")
    assert restore(saved, tmp_path / "新" / "a.db") is None
    assert content_hash(tmp_path / "新" / "a.db") == content_hash(saved)


def test_a_bad_backup_is_not_restored(tmp_path):
    path = filled(tmp_path / "a.db")
    bytes_before = path.read_bytes()
    saved = backup(path, tmp_path / "b.db")
    newer = bytearray(saved.read_bytes())
    newer[60:64] = (SCHEMA + 1).to_bytes(4)
    (tmp_path / "n.db").write_bytes(newer)
    tear(saved)
    (tmp_path / "e.db").touch()
    for bad, fault, said in [
        ("b.db", Damaged, "备份“b.db”已损坏，没有恢复，现在的文件没有被动过"),
        ("n.db", NewerFile, "新版程序"),
        ("e.db", Damaged, "是空的"),
        ("无.db", Damaged, "不存在"),
    ]:
        with pytest.raises(fault, match=said):
            restore(tmp_path / bad, path)
    assert path.read_bytes() == bytes_before
    assert beside(path) == {"a.db", "a.db.lock", "b.db", "n.db", "e.db"}


def test_an_open_file_is_not_restored_over(file, tmp_path):
    enterprises(file)
    saved = backup(file.path, tmp_path / "b.db")
    with pytest.raises(InUse, match="正由 录入员"):
        restore(saved, file.path)
    enterprises(file)


def test_a_crash_between_setting_aside_and_putting_in_place_leaves_the_old_file(tmp_path, monkeypatch):
    path = filled(tmp_path / "a.db")
    before = content_hash(path, ids=True)
    saved = backup(path, tmp_path / "b.db")

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(backup_module, "put_in_place", crash)
    with pytest.raises(KeyboardInterrupt):
        restore(saved, path)
    assert content_hash(path, ids=True) == before
    with DataFile(tmp_path / "d.db") as file:  # one that has crashed before, with writes still pending
        enterprises(file, 300)
        for name in ("", "-wal", "-shm"):
            shutil.copy(f"{file.path}{name}", f"{tmp_path / 'e.db'}{name}")
        crashed = content_hash(file.path, ids=True)
    with pytest.raises(KeyboardInterrupt):
        restore(saved, tmp_path / "e.db")
    assert content_hash(tmp_path / "e.db", ids=True) == crashed


def test_backing_up_what_is_not_there(tmp_path):
    with pytest.raises(ReadOnly, match="打不开“无"):
        backup(tmp_path / "无.db", tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


def test_a_thread_can_back_up_while_the_window_types(file, tmp_path):
    rows = enterprises(file, 2000)
    with ThreadPoolExecutor() as others:
        made = others.submit(lambda: [is_good(backup(file.path, tmp_path / f"{n}.db")) for n in range(5)])
        n = 0
        while not made.done():
            typed(file, rows[n % 2000], tel=str(n))
            n += 1
    assert made.result() == [True] * 5
    assert n > 10
