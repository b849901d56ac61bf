"""Which way Chinese input comes to the window on Linux, decided before Qt starts: Qt's own parts know ibus and not fcitx.

No PySide6 has fcitx's part for Qt. fcitx5 speaks ibus's language too (its addon ibusfrontend, on unless switched off), so where fcitx
is asked for and its part is missing, ibus's part is taken. fcitx 4 has no such front end. On Wayland the candidate window stands in
the wrong place in many desktops; through XWayland it stands at the cell.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

FCITX, IBUS = ("fcitx", "fcitx5"), "ibus"
PROPERTY = "input_method"  # of the application: what the self-test tells
_PART = re.compile(r"(?:lib)?(\w+?)platforminputcontextplugin\.(?:so|dll|dylib)")
_SAYS = re.compile(r"^(IBUS_ADDRESS|IBUS_DAEMON_PID)=(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Plan:
    """What is changed in the environment, which front end is in force ("" for none that is known), and why (Chinese)."""

    front: str
    why: str
    changes: Mapping[str, str] = field(default_factory=dict)


def plan(environ: Mapping[str, str], parts: Collection[str], system: str = "linux") -> Plan:
    """What to do on this machine: ``parts`` are the names of Qt's input parts that are there; nothing that is set rightly is touched."""
    if not system.startswith("linux"):
        return Plan("系统", "用系统自带的输入法")
    found = _front(environ, parts)
    return Plan(found.front, found.why, {**_platform(environ), **found.changes})


def _front(environ: Mapping[str, str], parts: Collection[str]) -> Plan:
    listed = [name.strip().lower() for name in environ.get("QT_IM_MODULES", "").split(";") if name.strip()]
    if any(name in parts or name == "wayland" for name in listed):
        first = next(name for name in listed if name in parts or name == "wayland")
        return Plan(first, f"按 QT_IM_MODULES={environ['QT_IM_MODULES']} 的设置")
    key = "QT_IM_MODULES" if listed else "QT_IM_MODULE"  # Qt looks at the list first
    asked = listed[0] if listed else environ.get("QT_IM_MODULE", "").strip().lower()
    wanted, said_by = asked, key
    if asked in ("", "xim"):  # Qt 6 does not speak XIM; other programs' settings tell what runs here
        wanted, said_by = _others(environ) or (asked, key)
    if wanted in FCITX:
        if here := next((name for name in FCITX if name in parts), ""):
            return Plan("fcitx", f"按 {said_by} 的设置用 fcitx", {} if asked in FCITX else {key: here})
        if IBUS in parts:
            why = f"{said_by} 要用 fcitx，随程序的 Qt 没有 fcitx 的部件，改走 ibus 前端（fcitx5 自带，默认打开）"
            return Plan(IBUS, why, {key: IBUS})
        return Plan("", f"{said_by} 要用 fcitx，随程序的 Qt 里 fcitx 和 ibus 的部件都没有，请重新安装程序")
    if wanted == IBUS:
        if IBUS in parts:
            return Plan(IBUS, f"按 {said_by} 的设置用 ibus", {} if asked == IBUS else {key: IBUS})
        return Plan("", f"{said_by} 要用 ibus，随程序的 Qt 里没有它的部件，请重新安装程序")
    if wanted in ("", "xim"):
        return Plan("", "没有设置输入法（QT_IM_MODULE、XMODIFIERS、GTK_IM_MODULE 都没有）")
    return Plan(wanted, f"按 {said_by}={wanted} 的设置")


def _others(environ: Mapping[str, str]) -> tuple[str, str] | None:
    """What the settings for other kinds of programs ask for, and which says so."""
    asked = {
        "XMODIFIERS": environ.get("XMODIFIERS", "").lower().rpartition("@im=")[2],
        "GTK_IM_MODULE": environ.get("GTK_IM_MODULE", "").strip().lower(),
    }
    return next(((name, by) for by, name in asked.items() if name in (*FCITX, IBUS)), None)


def _platform(environ: Mapping[str, str]) -> dict[str, str]:
    """XWayland where a Wayland desktop has it and nobody said otherwise; Wayland itself where that fails."""
    wayland = environ.get("WAYLAND_DISPLAY") or environ.get("XDG_SESSION_TYPE", "").lower() == "wayland"
    if wayland and environ.get("DISPLAY") and not environ.get("QT_QPA_PLATFORM"):
        return {"QT_QPA_PLATFORM": "xcb;wayland"}
    return {}


def qt_parts(environ: Mapping[str, str]) -> set[str]:
    """The names of the input parts Qt can load: its own, and those of a folder that is pointed to."""
    # commands ask too, and do not pay for Qt otherwise
    from PySide6.QtCore import QLibraryInfo

    folders = [QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)]
    folders += [folder for folder in environ.get("QT_PLUGIN_PATH", "").split(os.pathsep) if folder]
    names = (path.name for folder in folders for path in Path(folder, "platforminputcontexts").glob("*"))
    return {match[1].lower() for name in names if (match := _PART.fullmatch(name))}


def settle(environ: MutableMapping[str, str] | None = None) -> Plan:
    """Decide and put it into the environment; to be called before Qt's application is made."""
    there = os.environ if environ is None else environ
    made = plan(there, qt_parts(there), sys.platform)
    there.update(made.changes)
    return made


def ibus_answers(environ: Mapping[str, str], folder: Path) -> bool:
    """Whether somebody, ibus or fcitx5, answers as ibus: an address is told in the environment or by a file in ``folder``
    (``ibus/bus`` among the person's settings) whose process is alive.
    """
    if environ.get("IBUS_ADDRESS"):
        return True
    for path in folder.glob("*") if folder.is_dir() else ():
        said = dict(_SAYS.findall(path.read_text("utf-8", "replace")))
        if said.get("IBUS_ADDRESS") and _alive(said.get("IBUS_DAEMON_PID", "")):
            return True
    return False


def _alive(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
