"""自检: what each line says of good and bad surroundings; the page, its text, the field to try Chinese in; the command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from models.packs.pack import BUILT_IN, forget_packs, installed_folder
from models.store.backup import automatic
from models.store.batches import batch
from models.store.file import DataFile
from models.store.rotation import DAILY, folder_of
from models.store.zones import create_zone
from tests.models.store.made import ENTERPRISE, ZONE
from tests.ui.desk import texts
from ui import inputmethod
from ui.commands.run import run_command
from ui.selftest import machine, surroundings
from ui.selftest.line import ATTENTION, FAULT, GOOD, Line, verdict

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(desk):
    desk.session.go("selftest")
    desk.settle()
    return desk.window.current


def line(page, name):
    return next(each for each in page.lines if each.name == name)


# --- the page


def test_every_line_says_how_it_is_and_what_is_not_good_what_to_do(desk, page):
    names = {each.name for each in page.lines}
    assert names >= {"字体", "图表的字体缓存", "输入法", "打印机", "屏幕与缩放", "数据文件夹", "备份文件夹", "设置文件夹", "临时文件夹",
                     "所在的盘", "磁盘空间", "时钟", "报表包", "数据文件", "最近的备份", "文件完好"}  # fmt: skip
    assert all(bool(each.remedy) == (each.level != GOOD) for each in page.lines)
    assert all(each.found for each in page.lines)
    for name in ("字体", "数据文件夹", "临时文件夹", "时钟", "报表包", "数据文件", "文件完好"):
        assert line(page, name).level == GOOD, line(page, name)
    assert line(page, "最近的备份").level == ATTENTION
    assert page.header.fact.text() == verdict(page.lines)
    levels = [each[0] for each in texts(page.list)]
    assert levels == sorted(levels, key=(FAULT, ATTENTION, GOOD).index)


def test_looking_again_sees_what_was_done(desk, page):
    automatic(desk.file.path, DAILY)
    desk.click(page.again)
    assert line(page, "最近的备份").level == GOOD


def test_the_result_is_copied_for_the_help_desk(desk, page):
    desk.click(page.copy)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("园区年报通")
    assert "Qt 6." in text
    for each in page.lines:
        assert str(each) in text
    assert text.endswith(verdict(page.lines))
    assert "微电子" not in text  # nothing of the ledgers


def compose(widget, preedit="", commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def test_the_field_tells_whether_pinyin_arrives(desk, page):
    page.trying.setFocus()
    assert "还没有打字" in page.heard.text()
    desk.type("nihao")
    assert "只收到字母" in page.heard.text()
    page.trying.clear()
    compose(page.trying, "ni")
    assert page.heard.text() == "收到拼音“ni”，正在组字：选一个候选字"
    compose(page.trying, "", "你")
    assert page.trying.text() == "你"
    assert page.heard.text() == "收到汉字“你”：输入法是通的"
    assert page.heard.objectName() == "good"
    desk.type("abcd")  # what was heard stands
    assert "输入法是通的" in page.heard.text()
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Delete)
    assert "还没有打字" in page.heard.text()


# --- the lines


def test_a_font_that_lacks_characters_is_a_fault(qapp, tmp_path):
    assert surroundings.fonts().level == GOOD
    (tmp_path / "x.ttf").write_bytes(b"no font")
    assert surroundings.fonts(tmp_path / "x.ttf").level == FAULT


@pytest.mark.parametrize(
    ("names", "default", "level"),
    [([], "", ATTENTION), (["甲"], "", ATTENTION), (["甲"], "甲", GOOD), (["甲", "乙"], "乙", GOOD)],
)
def test_printers(names, default, level):
    assert surroundings.printer(names, default).level == level


@pytest.mark.parametrize(
    ("screens", "scale", "level"),
    [([(1366, 768, 1.0)], 1.0, GOOD), ([(1366, 768, 1.0)], 1.5, GOOD), ([(800, 600, 1.0)], 1.0, ATTENTION),
     ([(1920, 1080, 1.0), (960, 540, 2.0)], 1.25, ATTENTION), ([(2560, 1440, 1.5)], 2.0, GOOD)],
)  # fmt: skip
def test_room_on_the_smallest_screen(screens, scale, level):
    assert surroundings.room(screens, scale).level == level


@pytest.mark.parametrize(
    ("environ", "answers", "level", "said"),
    [
        ({"QT_IM_MODULE": "fcitx"}, False, ATTENTION, "ibusfrontend"),
        ({"QT_IM_MODULE": "fcitx"}, True, GOOD, ""),
        ({"QT_IM_MODULE": "ibus"}, False, ATTENTION, "fcitx 4 没有这个前端"),
        ({}, False, ATTENTION, "请装 fcitx5 或 ibus"),
    ],
    ids=str,
)
def test_the_input_method_s_line(monkeypatch, tmp_path, environ, answers, level, said):
    for name in ("QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS", "GTK_IM_MODULE", "IBUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    if answers:
        (tmp_path / "ibus/bus").mkdir(parents=True)
        (tmp_path / "ibus/bus/x-unix-0").write_text(f"IBUS_ADDRESS=unix:x\nIBUS_DAEMON_PID={os.getpid()}\n")
    monkeypatch.setattr(inputmethod, "qt_parts", lambda _: {"ibus", "compose"})
    found = surroundings.input_method("linux", tmp_path)
    assert (found.level, said in found.remedy) == (level, True)
    assert surroundings.input_method("win32", tmp_path).level == GOOD


def test_folders_that_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "文件").write_text("", encoding="utf-8")  # a file where a folder should be: nobody can write into it
    found = {each.name: each for each in machine.writes(tmp_path / "文件" / "a.db", str(tmp_path / "没有插上"))}
    assert found["数据文件夹"].level == FAULT
    assert found["第二份备份"].level == FAULT
    assert "U 盘插上" in found["第二份备份"].remedy
    assert found["临时文件夹"].level == GOOD
    assert [each.name for each in tmp_path.iterdir()] == ["文件"]  # nothing is left behind


@pytest.mark.parametrize(
    ("network", "stick", "level", "said"),
    [(True, False, ATTENTION, "复制到本机"), (False, True, ATTENTION, "拔下前"), (False, False, GOOD, "")],
)
def test_the_drive(monkeypatch, tmp_path, network, stick, level, said):
    monkeypatch.setattr(machine, "on_network", lambda _: network)
    monkeypatch.setattr(machine, "on_removable", lambda _: stick)
    found = machine.drive(tmp_path / "a.db")
    assert (found.level, said in found.remedy) == (level, True)


@pytest.mark.parametrize(("free", "level"), [(10 * 2**30, GOOD), (50 * 2**20, ATTENTION), (1000, FAULT)])
def test_room_on_the_disk(monkeypatch, tmp_path, free, level):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: usage._replace(free=free))
    assert machine.space(tmp_path / "不在" / "a.db").level == level


def test_the_clock(tmp_path):
    with DataFile(tmp_path / "a.db") as file:
        create_zone(file, ZONE, "x")
        with batch(file, ZONE, "录入", "x") as work:
            work.add(ENTERPRISE, {"ent_name": "甲"})
        assert machine.clock(file).level == GOOD
        late = machine.clock(file, datetime.now() - timedelta(hours=1))
        assert (late.level, "还早" in late.found) == (FAULT, True)
    assert machine.clock(None, datetime(2001, 1, 1)).level == FAULT
    assert machine.clock(None, datetime(2150, 1, 1)).level == FAULT


def test_an_old_backup_and_a_torn_file(tmp_path):
    path = tmp_path / "a.db"
    with DataFile(path) as file:
        create_zone(file, ZONE, "x")
    made = automatic(path, DAILY)
    assert machine.backed_up(path).level == GOOD
    assert machine.backed_up(path, date.today() + timedelta(days=8)).level == ATTENTION
    assert machine.whole(path).level == GOOD
    content = path.read_bytes()
    path.write_bytes(content[:8192] + bytes(8192) + content[16384:])
    torn = machine.whole(path)
    assert torn.level == FAULT
    assert made.name in torn.found
    assert folder_of(path).exists()


def test_a_file_for_looking_only(tmp_path):
    with DataFile(tmp_path / "a.db") as file:
        assert machine.opened(file).level == GOOD
        with DataFile(tmp_path / "a.db") as second:
            assert machine.opened(second).level == ATTENTION
            assert "这里只能看" in machine.opened(second).remedy


def test_a_pack_that_came_as_a_file_and_was_spoiled_is_a_fault(user_folders):
    assert machine.packs().level == GOOD
    folder = Path(shutil.copytree(BUILT_IN / "台办", installed_folder() / "台办"))
    table = folder / "指标.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("合计(", "合讨(", 1), encoding="utf-8")
    forget_packs()
    found = machine.packs()
    assert (found.level, "处错：指标!" in found.found) == (FAULT, True)
    (folder / "pack.toml").write_text('id = "台办"\nversion = "2099"\n[', encoding="utf-8")
    forget_packs()
    assert machine.packs().level == GOOD  # one that cannot be read at all does not stand for the program's own
    shutil.rmtree(folder)
    forget_packs()


def test_the_verdict_counts():
    lines = [Line("a", GOOD, "x"), Line("b", ATTENTION, "x", "y"), Line("c", FAULT, "x", "y")]
    assert verdict(lines) == "故障 1 项，注意 1 项，其余 1 项好"
    assert verdict(lines[:1]) == "都好：1 项"
    assert str(lines[1]) == "注意　b：x　→ y"


# --- the command


def test_the_command_prints_the_same(demo, capsys, qapp):
    code = run_command(["selftest", "--data", str(demo), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {"name", "level", "found", "remedy"} == set(said[0])
    assert {each["name"] for each in said} >= {"字体", "打印机", "文件完好"}
    assert run_command(["selftest", "--data", str(demo)]) == 0
    assert "好　字体：" in capsys.readouterr().out


def test_the_command_without_a_display_and_with_a_file_that_is_none(tmp_path):
    (tmp_path / "x.db").write_bytes(b"PK not ours" * 50)
    environ = {
        key: value for key, value in os.environ.items() if key not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    }
    command = [sys.executable, "main.py", "--data", str(tmp_path / "x.db"), "selftest"]
    done = subprocess.run(
        command, env=environ, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 1
    assert "故障　数据文件：“x.db”不是园区年报通的数据文件" in done.stdout
    assert "没有显示器" in done.stdout
    assert "Traceback" not in done.stderr
