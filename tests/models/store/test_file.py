from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import PurePosixPath

import pytest

from models.store import file as file_module
from models.store.batches import Refused, batch
from models.store.check import check
from models.store.content import content_hash
from models.store.drives import network_mount, plugged_mount
from models.store.faults import Damaged, InUse, NewerFile, OnNetworkDrive, ReadOnly
from models.store.file import DataFile
from models.store.history import done
from models.store.sqlite import connect, mark, schema_of, settle, side_files
from models.store.tables import SCHEMA
from tests.models.store.made import ENTERPRISE, ZONE, empty, enterprises, filled, typed

HOLD = """
import sys
from pathlib import Path
from models.store.file import DataFile
from models.store.batches import batch
from models.ledgers import BY_ID
file = DataFile(Path(sys.argv[1]), who="李四")
with batch(file, "G361003", "录入", "甲") as work:
    work.add(BY_ID["enterprise"], {"ent_name": "甲"})
print("open", flush=True)
sys.stdin.readline()
with batch(file, "G361003", "录入", "乙") as work:
    work.add(BY_ID["enterprise"], {"ent_name": "乙"})
print("more", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def other_window(tmp_path):
    """Another process that has the file open for writing; write a line to make it go on."""
    path = tmp_path / "园区.db"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout.readline() == "open\n"
    process.path = path
    yield process
    process.kill()
    process.communicate()


def names(file):
    with file.reading() as connection:
        return [name for (name,) in connection.exec_driver_sql("SELECT ent_name FROM enterprise ORDER BY id")]


def test_a_new_file_is_whole_and_alone(tmp_path):
    path = tmp_path / "园区.db"
    with DataFile(path) as file:
        assert not file.read_only
        with file.reading() as connection:
            modes = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
        with file.writing() as connection:
            modes.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())
    assert modes == ["wal", 1, 2]
    assert {each.name for each in tmp_path.iterdir()} == {"园区.db", "园区.db.lock"}
    assert (schema_of(path), check(path)) == (SCHEMA, [])


def test_a_reader_can_never_write(file):
    with file.reading() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("DELETE FROM meta")


def test_what_is_no_data_file_is_told_and_left_alone(tmp_path):
    path = tmp_path / "名录.xlsx"
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE a (b)").connection.close()
    for content in (b"PK\3\4" + bytes(200), b"x", (tmp_path / "other.db").read_bytes()):
        path.write_bytes(content)
        with pytest.raises(Damaged, match=r"“名录\.xlsx”不是园区年报通的数据文件"):
            DataFile(path)
        assert path.read_bytes() == content


def test_a_newer_file_is_refused_politely_and_not_touched(tmp_path):
    path = tmp_path / "园区.db"
    content = empty()[:60] + (SCHEMA + 1).to_bytes(4) + empty()[64:]
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(NewerFile, match=rf"第 {SCHEMA + 1} 版，本程序只认到第 {SCHEMA} 版.*升级"):
            DataFile(path, read_only=read_only)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["园区.db"]


def test_a_whole_newer_file_is_opened_for_looking_only_and_not_touched(tmp_path):
    path = tmp_path / "园区.db"
    path.write_bytes(empty())
    with DataFile(path) as file, batch(file, ZONE, "录入", "x") as work:
        work.add(ENTERPRISE, {"ent_name": "甲"})
    with closing(connect(path)) as connection:  # what a newer program may have done
        connection.execute("ALTER TABLE enterprise ADD COLUMN of_next_year TEXT")
        connection.execute("CREATE TABLE of_next_year (id INTEGER)")
        mark(connection, SCHEMA + 1)
    content = path.read_bytes()
    with DataFile(path, who="王五") as file:
        assert file.read_only
        assert f"第 {SCHEMA + 1} 版，本程序只认到第 {SCHEMA} 版），这里只能看；要改请升级程序" in file.notice
        assert names(file) == ["甲"]
        with pytest.raises(Refused, match="请升级程序"), batch(file, ZONE, "录入", "x"):
            pass
    assert path.read_bytes() == content
    assert sorted(each.name for each in tmp_path.iterdir()) in (["园区.db"], ["园区.db", "园区.db.lock"])
    with closing(connect(path)) as connection:
        connection.execute("ALTER TABLE enterprise RENAME COLUMN tel TO phone")
        mark(connection, SCHEMA + 1)
    with pytest.raises(NewerFile, match="升级程序后再打开"):
        DataFile(path)


def test_the_one_who_works_here_may_change(tmp_path):
    with DataFile(tmp_path / "a.db", who="张三") as file:
        file.sign_as("李四")
        assert file.lock.holder.who == "李四"
        with batch(file, ZONE, "录入", "x") as work:
            work.add(ENTERPRISE, {"ent_name": "甲"})
        assert done(file)[0].who == "李四"
    assert not (tmp_path / "a.db.holder").exists()


def test_a_second_window_reads_and_is_told_who_writes(other_window):
    with DataFile(other_window.path) as file:
        assert file.read_only
        assert "正由 李四（电脑 " in file.notice
        assert "起） 编辑，这里只能看" in file.notice
        assert names(file) == ["甲"]
        with pytest.raises(Refused, match="正由 李四"), batch(file, ZONE, "录入", "x"):
            pass
        other_window.stdin.write("\n")
        other_window.stdin.flush()
        assert other_window.stdout.readline() == "more\n"
        assert names(file) == ["甲", "乙"]


def test_the_card_of_a_dead_window_is_taken_over(other_window):
    other_window.kill()
    other_window.wait()
    card = other_window.path.with_name("园区.db.holder")
    assert "李四" in card.read_text(encoding="utf-8")
    with DataFile(other_window.path, who="王五") as file:
        assert not file.read_only
        assert file.notice == ""
        assert "王五" in card.read_text(encoding="utf-8")
        assert names(file) == ["甲"]
    assert not card.exists()
    with DataFile(other_window.path) as file:
        assert not file.read_only


def test_a_second_opener_in_the_same_process_reads_too(file):
    with DataFile(file.path) as second:
        assert second.read_only
        assert "录入员" in second.notice
    enterprises(file)


def test_a_file_that_is_not_there_cannot_be_looked_at(tmp_path):
    with pytest.raises(ReadOnly, match=r"没有“无\.db”这个数据文件"):
        DataFile(tmp_path / "无.db", read_only=True)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ReadOnly, match="没有“a"):
        DataFile(tmp_path / "没有的文件夹" / "a.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_looking_only(tmp_path):
    path = filled(tmp_path / "a.db")
    before = path.read_bytes()
    with DataFile(path, read_only=True) as file:
        assert names(file) == ["企业0", "企业1"]
        with pytest.raises(Refused, match="只为查看"), batch(file, ZONE, "录入", "x"):
            pass
    assert path.read_bytes() == before


def test_what_lies_beside_a_lost_file_is_not_played_into_a_new_one(tmp_path):
    path = tmp_path / "a.db"
    with DataFile(path) as file:
        enterprises(file)
        wal = side_files(path)[0].read_bytes()
    path.unlink()
    side_files(path)[0].write_bytes(wal)
    with DataFile(path) as file:
        assert names(file) == []
    assert side_files(path)[0].with_name("a.db-wal.旧").read_bytes() == wal


def test_one_thread_waits_for_anothers_batch_and_is_told_when_it_takes_long(file, monkeypatch):
    monkeypatch.setattr(file_module, "_PATIENCE", 0.05)
    inside, leave = threading.Event(), threading.Event()

    def long_import():
        with batch(file, ZONE, "导入", "x") as work:
            work.add(ENTERPRISE, {"ent_name": "甲"})
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=long_import)
    thread.start()
    inside.wait(10)
    with pytest.raises(InUse, match="前一步"), batch(file, ZONE, "录入", "y"):
        pass
    assert names(file) == []
    leave.set()
    thread.join()
    assert names(file) == ["甲"]


def test_a_callers_own_error_is_not_blamed_on_the_data_file(file, tmp_path):
    with pytest.raises(FileNotFoundError), batch(file, ZONE, "导入", "x"):
        (tmp_path / "没有.xlsx").read_bytes()


MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
//server/共享 /mnt/share cifs rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/本机 ext4 rw 0 0
me@host:/ /media/my\040disk fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
host /mnt/vm 9p rw 0 0
tmpfs /mnt/share/local tmpfs rw 0 0
/dev/sdc1 /mnt/usb fuseblk rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/a.db", ""),
        ("/mnt/share/a.db", "cifs"),
        ("/mnt/shared/a.db", ""),
        ("/mnt/share/local/a.db", ""),
        ("/home/li/a.db", "nfs4"),
        ("/home/本机/a.db", ""),
        ("/media/my disk/deep/er/a.db", "fuse.sshfs"),
        ("/run/user/1000/gvfs/smb-share:server=x/a.db", "fuse.gvfsd-fuse"),
        ("/mnt/vm/a.db", "9p"),
        ("/mnt/usb/a.db", ""),
    ],
)
def test_a_network_drive_is_known_by_its_mount(path, kind):
    assert network_mount(PurePosixPath(path), MOUNTS) == kind


def test_a_memory_stick_is_known_by_its_device_or_its_place(tmp_path):
    (tmp_path / "disks/sdb/sdb1").mkdir(parents=True)
    (tmp_path / "disks/sdb/removable").write_text("1\n")
    (tmp_path / "disks/sda/sda1").mkdir(parents=True)
    (tmp_path / "disks/sda/removable").write_text("0\n")
    blocks = tmp_path / "block"
    blocks.mkdir()
    for part in ("sdb/sdb1", "sda/sda1", "sdb", "sda"):
        (blocks / part.rpartition("/")[2]).symlink_to(tmp_path / "disks" / part)
    mounts = "/dev/sda1 / ext4 rw\n/dev/sdb1 /mnt/stick vfat rw\n/dev/sdb /mnt/whole vfat rw\n/dev/sda1 /run/media/u/盘 ext4 rw\n"
    for path, plugged in (
        ("/home/u/a.db", False),
        ("/mnt/stick/a.db", True),
        ("/mnt/whole/a.db", True),
        ("/run/media/u/盘/a.db", True),
    ):
        assert plugged_mount(PurePosixPath(path), mounts, blocks) is plugged
    assert not plugged_mount(PurePosixPath("/a.db"), "", blocks)


def test_on_a_network_drive_a_file_is_only_read(tmp_path, monkeypatch):
    path = filled(tmp_path / "园区.db")
    before = path.read_bytes()
    monkeypatch.setattr(file_module, "on_network", lambda _: True)
    with DataFile(path) as file:
        assert file.read_only
        assert "在网络盘上" in file.notice
        assert "复制到本机" in file.notice
        assert names(file) == ["企业0", "企业1"]
        with pytest.raises(Refused, match="网络盘"), batch(file, ZONE, "录入", "x"):
            pass
    assert path.read_bytes() == before
    with pytest.raises(OnNetworkDrive, match="选本机的文件夹"):
        DataFile(tmp_path / "新.db")


def test_after_a_crash_what_was_written_is_there(tmp_path):
    path, crashed = tmp_path / "a.db", tmp_path / "b.db"
    with DataFile(path) as file:
        row, *_ = enterprises(file)
        typed(file, row, tel="1")
        for name in ("", "-wal", "-shm"):
            shutil.copy(f"{path}{name}", f"{crashed}{name}")
        wanted = content_hash(path, ids=True)
    assert content_hash(crashed, ids=True) == wanted
    with DataFile(crashed) as file:
        assert not file.read_only
    settle(crashed)
    assert content_hash(crashed, ids=True) == wanted
