"""One window gives way to the next: a restore, another file, a damaged one, a newer one, an older one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from models.ledgers import BY_ID
from models.store.backup import backup
from models.store.batches import batch
from models.store.content import content_hash
from models.store.file import DataFile
from models.store.rotation import BEFORE_UPGRADE, DAILY, backups_of, folder_of
from models.store.sqlite import connect, mark
from models.store.tables import SCHEMA
from tests.ui.conftest import Hands
from tests.ui.desk import texts
from ui.app import make_window
from ui.desktop import Desktop
from ui.folders import settings_file
from ui.pages.recovery import RecoveryPage
from ui.pages.start import StartPage
from ui.settings import Settings
from ui.window import Window
from ui.worker import Task

ENTERPRISE = BY_ID["enterprise"]


@pytest.fixture
def desktop(qtbot, demo, tmp_path, look):
    """The program's one window over a file, as main.py opens it; what it shows is closed at the end."""
    path = tmp_path / "区" / "演示.db"
    path.parent.mkdir()
    shutil.copy(demo, path)
    settings = Settings()

    def dress(file, page=""):
        settings.put("file", str(file.path))
        return make_window(file, look, page=page, settings=settings)

    made = Desktop(dress, partial(StartPage, look))
    made.path = path
    yield made
    if made.shown is not None:
        made.shown.close()
        made.shown.deleteLater()


def waited(qtbot, desktop, kind):
    qtbot.waitUntil(lambda: isinstance(desktop.shown, kind) and desktop.shown.isVisible(), timeout=20_000)
    return desktop.shown


def test_a_restore_reopens_the_window_and_keeps_what_was_there(qtbot, desktop):
    desktop.begin(desktop.path)
    window = desktop.shown
    saved = backup(desktop.path, folder_of(desktop.path) / f"演示 {datetime.now():%Y-%m-%d %H%M%S} 手动.db")
    session = window.session
    row = session.names.all(ENTERPRISE, session.zone)[0].value
    session.write("录入", "改", lambda work: work.set(ENTERPRISE, row, {"tel": "以后改的"}))
    before = content_hash(desktop.path)
    window.open("data", {})
    page = window.current
    page.backups.list.select(0)
    qtbot.mouseClick(page.backups.restore, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.backups.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desktop.shown, Window) and desktop.shown is not window, timeout=20_000)
    again = desktop.shown
    assert again.session.file.path == desktop.path
    assert again.current is again.pages["data"]
    assert content_hash(desktop.path) == content_hash(saved)
    (aside,) = desktop.path.parent.glob("演示 恢复前 *.db")
    assert content_hash(aside) == before
    assert f"已恢复到“{saved.name}”；原来的文件留为“{aside.name}”" in again.status.said.text()
    with batch(again.session.file, session.zone, "录入", "x") as work:
        work.set(ENTERPRISE, row, {"tel": "还能改"})


def test_a_damaged_backup_is_not_restored_and_the_window_is_back(qtbot, desktop):
    desktop.begin(desktop.path)
    window = desktop.shown
    saved = backup(desktop.path, folder_of(desktop.path) / f"演示 {datetime.now():%Y-%m-%d %H%M%S} 手动.db")
    saved.write_bytes(saved.read_bytes()[:8192] + bytes(8192) + saved.read_bytes()[16384:])
    before = content_hash(desktop.path)
    window.open("data", {})
    window.current.backups.list.select(0)
    qtbot.mouseClick(window.current.backups.restore, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.current.backups.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desktop.shown, Window) and desktop.shown is not window, timeout=20_000)
    assert "已损坏，没有恢复" in desktop.shown.status.said.text()
    assert content_hash(desktop.path) == before


def test_a_damaged_file_offers_its_backups(qtbot, desktop):
    folder_of(desktop.path).mkdir()
    at = datetime.now() - timedelta(days=1)
    for n in range(2):
        shutil.copy(desktop.path, folder_of(desktop.path) / f"演示 {at - timedelta(days=n):%Y-%m-%d %H%M%S} {DAILY}.db")
    newest, older = (each.path for each in backups_of(desktop.path))
    newest.write_bytes(newest.read_bytes()[:4096] + bytes(9000))
    whole = content_hash(older)
    desktop.path.write_bytes(desktop.path.read_bytes()[:100] + bytes(50_000))
    desktop.begin(desktop.path)
    page = waited(qtbot, desktop, RecoveryPage)
    qtbot.waitUntil(lambda: [line[2] for line in texts(page.list)] == ["已损坏", "完好"], timeout=20_000)
    page.list.select(1)
    qtbot.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    window = waited(qtbot, desktop, Window)
    assert window.session.file.path == desktop.path
    assert content_hash(desktop.path) == whole


def test_another_file_is_opened_in_the_windows_place(qtbot, desktop, demo, tmp_path, monkeypatch):
    desktop.begin(desktop.path)
    other = tmp_path / "另一个.db"
    shutil.copy(demo, other)
    window = desktop.shown
    window.open("data", {})
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    button = next(each for each in window.current.findChildren(QPushButton) if each.text() == "打开另一个数据文件…")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desktop.shown.session.file.path == other
    assert desktop.shown.session.settings.get("file", "") == str(other)
    with DataFile(desktop.path) as file:  # the one before was given back
        assert not file.read_only


def test_what_is_no_data_file_is_told_and_another_can_be_chosen(qtbot, desktop, tmp_path, monkeypatch):
    (tmp_path / "名单.db").write_bytes(b"PK not ours" * 100)
    desktop.begin(tmp_path / "没有.db")
    assert waited(qtbot, desktop, StartPage).fault.text() == ""
    desktop.begin(tmp_path / "名单.db")
    page = waited(qtbot, desktop, RecoveryPage)
    assert any("不是园区年报通的数据文件" in each.text() for each in page.findChildren(QLabel))
    assert not page.restore.isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(desktop.path), ""))
    button = next(each for each in page.findChildren(QPushButton) if each.text() == "打开另一个数据文件…")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert waited(qtbot, desktop, Window).session.file.path == desktop.path


def test_a_newer_file_opens_for_looking_with_a_sentence(qtbot, desktop):
    with closing(connect(desktop.path)) as connection:
        connection.execute("ALTER TABLE enterprise ADD COLUMN of_next_year TEXT")
        mark(connection, SCHEMA + 1)
    before = desktop.path.read_bytes()
    desktop.begin(desktop.path)
    window = waited(qtbot, desktop, Window)
    assert "新版程序存的" in window.status.said.text()
    assert window.status.saved.text() == "只能看"
    for id in ("enterprise", "audit", "data"):
        window.open(id, {})
    assert "要改请升级程序" in window.current.notice.text.text()
    hands = Hands(window, "enterprise")
    hands.model.rearrange("全部")
    hands.at(0, "邮箱").type("1").press(Qt.Key.Key_Return)
    assert hands.text(0, "邮箱") != "1"
    assert "新版程序存的" in window.status.said.text()
    qtbot.waitUntil(lambda: not window.findChildren(Task) and not window.session.findChildren(Task), timeout=20_000)
    window.close()
    assert desktop.path.read_bytes() == before


def test_an_older_file_is_backed_up_before_it_is_brought_up_to_date(qtbot, desktop):
    old = Path(__file__).parents[1] / "data" / "store" / "schema-2.sqlite"
    shutil.copy(old, desktop.path)
    desktop.begin(desktop.path)
    waited(qtbot, desktop, QWidget)
    assert [each.reason for each in backups_of(desktop.path)] == [BEFORE_UPGRADE]
    (saved,) = backups_of(desktop.path)
    assert content_hash(saved.path) == content_hash(old)


def test_the_program_opens_the_last_file_in_the_person_s_name_and_backs_it_up(demo, user_folders, tmp_path):
    path = tmp_path / "区（测试）" / "演示.db"
    path.parent.mkdir()
    shutil.copy(demo, path)
    kept = Settings(settings_file())
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    kept.put("file", str(path))
    kept.put("person/name", "王小明")
    del kept
    running = subprocess.Popen(
        [sys.executable, "main.py"], cwd=Path(__file__).parents[2], stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        until = time.monotonic() + 60
        while not backups_of(path) and time.monotonic() < until and running.poll() is None:
            time.sleep(0.1)
        card = json.loads(path.with_name("演示.db.holder").read_text(encoding="utf-8"))
    finally:
        running.terminate()
        _, said = running.communicate(timeout=30)
    assert card["who"] == "王小明"
    assert [each.reason for each in backups_of(path)] == [DAILY]
    assert "Traceback" not in said
