"""The way Chinese input takes on Linux, as a table; and the program's own start with fcitx asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.inputmethod import ibus_answers, plan, qt_parts, settle

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = {"compose", "ibus", "qtvirtualkeyboard"}
IBUS, XCB = {"QT_IM_MODULE": "ibus"}, {"QT_QPA_PLATFORM": "xcb;wayland"}
ON_X = {"DISPLAY": ":0"}
ON_WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
NOTHING: dict[str, str] = {}

CASES = [  # what, environment, parts, changes, front end
    ("fcitx without its part", {"QT_IM_MODULE": "fcitx"}, SHIPPED, {"QT_IM_MODULE": "ibus"}, "ibus"),
    ("fcitx5 without its part", {"QT_IM_MODULE": "fcitx5"}, SHIPPED, {"QT_IM_MODULE": "ibus"}, "ibus"),
    ("fcitx with its part", {"QT_IM_MODULE": "fcitx"}, {*SHIPPED, "fcitx"}, NOTHING, "fcitx"),
    ("fcitx with the part of fcitx5", {"QT_IM_MODULE": "fcitx"}, {*SHIPPED, "fcitx5"}, NOTHING, "fcitx"),
    ("only X says fcitx", {"XMODIFIERS": "@im=fcitx"}, SHIPPED, {"QT_IM_MODULE": "ibus"}, "ibus"),
    ("only GTK says fcitx", {"GTK_IM_MODULE": "fcitx"}, SHIPPED, {"QT_IM_MODULE": "ibus"}, "ibus"),
    ("only X says fcitx, its part is there", {"XMODIFIERS": "@im=fcitx"}, {"fcitx5"}, {"QT_IM_MODULE": "fcitx5"}, "fcitx"),
    ("xim, which Qt 6 does not speak", {"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, SHIPPED, {"QT_IM_MODULE": "ibus"}, "ibus"),
    ("Qt is set rightly whatever X says", {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}, SHIPPED, NOTHING, "ibus"),
    ("ibus", {"QT_IM_MODULE": "ibus"}, SHIPPED, NOTHING, "ibus"),
    ("only X says ibus", {"XMODIFIERS": "@im=ibus"}, SHIPPED, {"QT_IM_MODULE": "ibus"}, "ibus"),
    ("ibus without its part", {"QT_IM_MODULE": "ibus"}, {"compose"}, NOTHING, ""),
    ("fcitx and no part at all", {"QT_IM_MODULE": "fcitx"}, {"compose"}, NOTHING, ""),
    ("nothing set", NOTHING, SHIPPED, NOTHING, ""),
    ("another one", {"QT_IM_MODULE": "qtvirtualkeyboard"}, SHIPPED, NOTHING, "qtvirtualkeyboard"),
    ("the list names one that is there", {"QT_IM_MODULES": "fcitx;ibus", "QT_IM_MODULE": "fcitx"}, SHIPPED, NOTHING, "ibus"),
    ("the list names none that is there", {"QT_IM_MODULES": "fcitx", "QT_IM_MODULE": "x"}, SHIPPED, {"QT_IM_MODULES": "ibus"}, "ibus"),
    ("Wayland with XWayland", ON_WAYLAND | ON_X | IBUS, SHIPPED, XCB, "ibus"),
    ("a Wayland session that says so only", {"XDG_SESSION_TYPE": "wayland"} | ON_X | IBUS, SHIPPED, XCB, "ibus"),
    ("Wayland alone", ON_WAYLAND | IBUS, SHIPPED, NOTHING, "ibus"),
    ("Wayland by the person's own wish", ON_WAYLAND | ON_X | IBUS | {"QT_QPA_PLATFORM": "wayland"}, SHIPPED, NOTHING, "ibus"),
    ("Wayland and fcitx", ON_WAYLAND | ON_X | {"QT_IM_MODULE": "fcitx"}, SHIPPED, XCB | IBUS, "ibus"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("environ", "parts", "changes", "front"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_what_is_done(environ, parts, changes, front):
    made = plan(environ, parts)
    assert dict(made.changes) == changes
    assert made.front == front
    assert made.why


def test_it_says_what_was_asked_and_what_is_taken():
    assert plan({"XMODIFIERS": "@im=fcitx"}, SHIPPED).why.startswith(
        "XMODIFIERS 要用 fcitx，随程序的 Qt 没有 fcitx 的部件，改走 ibus"
    )


def test_other_systems_are_left_alone():
    assert plan({"QT_IM_MODULE": "fcitx", "WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, SHIPPED, "win32").changes == {}


def test_the_parts_are_read_off_the_disk(tmp_path):
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    (folder / "libfcitx5platforminputcontextplugin.so").touch()
    (folder / "readme.txt").touch()
    assert "ibus" in qt_parts({})
    assert "fcitx5" not in qt_parts({})
    assert "fcitx5" in qt_parts({"QT_PLUGIN_PATH": str(tmp_path)})


def test_settling_twice_changes_nothing_more():
    environ = {"QT_IM_MODULE": "fcitx"}
    if sys.platform.startswith("linux"):
        assert settle(environ).changes == {"QT_IM_MODULE": "ibus"}
    assert settle(environ).changes == {}


def test_who_answers_as_ibus(tmp_path):
    folder = tmp_path / "ibus" / "bus"
    assert not ibus_answers({}, folder)
    assert ibus_answers({"IBUS_ADDRESS": "unix:path=/x"}, folder)
    folder.mkdir(parents=True)
    card = folder / "0123-unix-0"
    for pid, answers in ((os.getpid(), True), (2**22 + 1, False), ("", False)):
        card.write_text(f"# made by\nIBUS_ADDRESS=unix:path=/x\nIBUS_DAEMON_PID={pid}\n", encoding="utf-8")
        assert ibus_answers({}, folder) is answers


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring their own input methods")
def test_the_program_starts_with_the_way_that_works():
    script = "import os; from ui.app import start; app = start(); print(os.environ['QT_IM_MODULE'], app.property('input_method'))"
    environ = {
        key: value for key, value in os.environ.items() if not key.startswith(("QT_IM", "XMOD", "GTK_IM", "WAYLAND"))
    }
    asked = {"QT_IM_MODULE": "fcitx", "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environ | asked,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("ibus QT_IM_MODULE 要用 fcitx")
