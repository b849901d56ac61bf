"""The backup of each day, made when the window opens, and what the status bar says of it; sentences that do not fit are elided."""

from __future__ import annotations

from models.store.backup import is_good
from models.store.rotation import DAILY, backups_of
from ui import app
from ui.daily import Daily
from ui.settings import Settings
from ui.window import Window


def test_opening_the_window_makes_the_day_s_backup_once(desk):
    status = desk.window.status
    assert backups_of(desk.file.path) == []
    assert status.backup.isHidden()
    daily = Daily(desk.session)
    for _ in range(2):
        daily.run()
        desk.settle()
    (made,) = backups_of(desk.file.path)
    assert made.reason == DAILY
    assert is_good(made.path)
    assert status.backup.isVisible()
    assert status.backup.text() == f"最近备份 今天 {made.at:%H:%M}，已校验"
    desk.window.resize(1000, 700)
    assert status.backup.isHidden()


def test_the_program_makes_it_when_it_opens_a_file(qapp, demo, tmp_path, monkeypatch, qtbot):
    path = tmp_path / "园区.db"
    path.write_bytes(demo.read_bytes())
    monkeypatch.setattr(app, "settings_file", lambda: tmp_path / "界面.ini")
    monkeypatch.setattr(app, "make_app", lambda: qapp)
    monkeypatch.setattr(type(qapp), "exec", lambda *_: 0)
    opened = []
    monkeypatch.setattr(app, "make_window", lambda *args, **named: opened.append(MADE(*args, **named)) or opened[-1])
    app.run(path)
    (window,) = opened
    assert isinstance(window, Window)
    qtbot.waitUntil(lambda: len(backups_of(path)) == 1)
    window.close()
    assert Settings(tmp_path / "界面.ini").get("file", "") == str(path)


MADE = app.make_window


def test_a_backup_that_fails_is_told(desk):
    (desk.file.path.parent / "备份").write_text("占了这个名字", encoding="utf-8")
    Daily(desk.session).run()
    desk.settle()
    assert desk.window.status.said.text().startswith("今天的备份没有做成：")


def test_the_second_copy_is_made_or_told_while_the_day_s_backup_stands(desk, tmp_path):
    stick = tmp_path / "U盘"
    desk.session.settings.put("backup/second", str(stick))
    Daily(desk.session).run()
    desk.settle()
    assert desk.window.status.said.text().startswith("今天的第二份备份没有做成：第二份备份的文件夹")
    (made,) = backups_of(desk.file.path)
    assert desk.window.status.backup.text().startswith("最近备份 今天")
    made.path.unlink()
    stick.mkdir()
    Daily(desk.session).run()
    desk.settle()
    assert [each.path.name for each in backups_of(desk.file.path, stick)] == [
        each.path.name for each in backups_of(desk.file.path)
    ]


def test_what_does_not_fit_is_elided_and_told_by_the_tip(desk):
    page = desk.turn("audit")
    fact = page.header.fact
    page.grab()
    assert (fact.shown(), fact.toolTip()) == (fact.text(), "")
    desk.window.resize(880, 600)
    fact.setText(fact.text() * 5)
    page.grab()
    assert fact.shown().endswith("…")
    assert fact.toolTip() == fact.text()
