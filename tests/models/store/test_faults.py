"""Faults of the surroundings, made for real: a full disk, a file or folder that cannot be written, an unreadable disk."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from models.store.backup import automatic, backup, restore
from models.store.batches import batch
from models.store.check import check
from models.store.content import content_hash
from models.store.faults import DiskFault, DiskFull, EnvironmentFault, InUse, ReadOnly, explain, told
from models.store.file import DataFile
from tests.models.store.made import ENTERPRISE, ZONE, enterprises, filled, typed

resource = pytest.importorskip("resource", reason="limits, mounts and rights are made as on Unix")

AS_NOBODY = """
import os, sys
from pathlib import Path
from models.store.backup import automatic
from models.store.batches import Refused, batch
from models.store.faults import EnvironmentFault
from models.store.file import DataFile
from models.ledgers import BY_ID
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
path = Path(sys.argv[1])
with DataFile(path) as file:
    print(file.read_only, file.notice)
    with file.reading() as connection:
        print(connection.exec_driver_sql("SELECT count(*) FROM enterprise").scalar())
    try:
        with batch(file, "Z", "录入", "x") as work:
            work.add(BY_ID["enterprise"], {"ent_name": "x"})
    except Refused as refused:
        print(refused)
try:
    automatic(path, "手动")
except EnvironmentFault as fault:
    print(type(fault).__name__, fault)
"""


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 6 MB of its own."""
    folder = tmp_path / "小盘"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(
            "mounting a disk of its own needs the rights of root; the tests by page limit and file limit run everywhere"
        )
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def write_until_full(file):
    """Batches that were acknowledged before the disk was full."""
    acknowledged = []

    def write():
        while True:
            with batch(file, ZONE, "录入", "x") as work:
                row = work.add(ENTERPRISE, {"ent_name": "企业", "address": "长" * 200})
            acknowledged.append(row)

    with pytest.raises(DiskFull, match="磁盘已满，这一步没有存上；请清出空间后重做这一步"):
        write()
    return acknowledged


def present(file):
    with file.reading() as connection:
        return [id for (id,) in connection.exec_driver_sql("SELECT id FROM enterprise ORDER BY id")]


def test_a_full_disk_takes_the_step_and_nothing_before_it(small_disk):
    path = small_disk / "a.db"
    ballast = small_disk / "别的文件"
    ballast.write_bytes(bytes(2_000_000))
    with DataFile(path) as file:
        acknowledged = write_until_full(file)
        assert present(file) == acknowledged
        ballast.unlink()
        typed(file, acknowledged[0], tel="又能写了")
    assert check(path) == []
    with DataFile(path) as file:
        assert present(file) == acknowledged


def test_a_full_disk_leaves_no_half_backup_and_no_half_restore(small_disk, tmp_path):
    path = small_disk / "a.db"
    with DataFile(path) as file:
        enterprises(file, 2000)
    before = content_hash(path)
    (small_disk / "别的文件").write_bytes(bytes(3_000_000))
    with pytest.raises(DiskFull):
        automatic(path, "每日")
    assert list((small_disk / "备份").iterdir()) == []
    elsewhere = backup(path, tmp_path / "b.db")
    with pytest.raises(DiskFull):
        restore(elsewhere, path)
    assert content_hash(path) == before
    assert {each.name for each in small_disk.iterdir()} == {"a.db", "a.db.lock", "备份", "别的文件"}


def test_a_file_at_its_limit_of_pages_is_full(file):
    rows = enterprises(file)
    with file.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")
    assert len(write_until_full(file)) > 1
    with file.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages * 100}")
    typed(file, rows[0], tel="1")


def test_a_limit_on_the_size_of_files_is_a_fault_of_the_disk_not_of_the_program(tmp_path):
    path = filled(tmp_path / "a.db")
    before = content_hash(path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(DiskFault, match="限额"):
            backup(path, tmp_path / "b.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert content_hash(path) == before
    assert not (tmp_path / "b.db").exists()
    assert not (tmp_path / "b.db.part").exists()


def as_nobody(path):
    """What a person without rights is told about a file; the path to it is opened for everybody."""
    shutil.chown(path.parent, 65534, 65534) if os.getuid() == 0 else None
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", AS_NOBODY, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.fixture
def open_place():
    """A folder that other people may reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def test_a_write_protected_file_is_read_and_told(open_place):
    path = filled(open_place / "a.db")
    path.chmod(0o444)
    opened, count, refused, *_ = as_nobody(path)
    assert opened.startswith("True “a.db”不能写：文件或所在文件夹是只读的")
    assert opened.endswith("现在只能看")
    assert count == "2"
    assert "不能写" in refused


def test_a_write_protected_folder_is_read_and_told_and_not_backed_up_into(open_place):
    path = filled(open_place / "里面" / "a.db")
    path.chmod(0o444)
    path.parent.chmod(0o555)
    if os.getuid() == 0:
        shutil.chown(path, 0, 0)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", AS_NOBODY, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    opened, count, refused, backed_up = done.stdout.splitlines()
    assert opened.startswith("True 没有权限读写“a.db”")
    assert (count, refused) == ("2", opened.removeprefix("True "))
    assert backed_up.startswith("ReadOnly 没有权限读写“a ")
    path.parent.chmod(0o755)


def test_pending_writes_in_a_folder_that_cannot_be_written_are_not_passed_over(tmp_path):
    """Opening without them would show yesterday's figures as today's."""
    with DataFile(tmp_path / "a.db") as file:
        enterprises(file)
        folder = tmp_path / "盘"
        folder.mkdir()
        for name in ("a.db", "a.db-wal"):
            shutil.copy(tmp_path / name, folder / name)
    with DataFile(folder / "a.db", read_only=True) as file:
        assert len(present(file)) == 3


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, ReadOnly),
        (errno.EACCES, ReadOnly),
        (errno.EIO, DiskFault),
        (errno.EFBIG, DiskFault),
        (errno.EINTR, type(None)),
    ],
)
def test_system_errors_are_told_apart(number, kind, tmp_path):
    assert type(explain(OSError(number, "x"), tmp_path / "a.db")) is kind


def test_a_fault_of_the_program_passes_unchanged(file):
    with pytest.raises(OperationalError, match="no such table"), file.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")
    with pytest.raises(OperationalError, match="syntax error"), batch(file, ZONE, "录入", "x") as work:
        work.connection.exec_driver_sql("SELEKT")
    with pytest.raises(sqlite3.OperationalError, match="no such column"), told(file.path):
        sqlite3.connect(":memory:").execute("SELECT x")
    assert explain(ValueError("x"), file.path) is None


def test_a_file_another_program_holds_is_in_use(tmp_path):
    path = filled(tmp_path / "a.db")
    other = sqlite3.connect(path, isolation_level=None)
    with DataFile(path) as file:
        other.execute("BEGIN IMMEDIATE")
        file._writer.connection.driver_connection.execute("PRAGMA busy_timeout=20")
        with pytest.raises(InUse, match="另一个程序占用"), batch(file, ZONE, "录入", "x"):
            pass
        other.execute("ROLLBACK")
        enterprises(file)
    other.close()


def test_every_fault_says_how_to_go_on(tmp_path):
    for code in (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_BUSY,
    ):
        error = sqlite3.OperationalError("x")
        error.sqlite_errorcode = code | (3 << 8)
        fault = explain(error, tmp_path / "园区.db")
        assert isinstance(fault, EnvironmentFault)
        assert "请" in str(fault)
