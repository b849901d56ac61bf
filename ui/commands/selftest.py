"""The command selftest: what the window's 自检 says, for the help desk and for scripts."""

from __future__ import annotations

import argparse
import os
import sys

from models.progress import finish
from models.store.faults import EnvironmentFault
from models.store.file import DataFile
from ui.commands.opening import data_path
from ui.commands.output import BLOCKED, DONE, show, show_json
from ui.selftest.line import FAULT, Line, verdict
from ui.selftest.run import run


def selftest(options: argparse.Namespace) -> int:
    """Look at everything and say how it is; 1 when there is a fault. The data file is only read."""
    app = _application()
    path = data_path(options)
    lines: list[Line] = []
    file = None
    try:
        if path.exists() and path.stat().st_size:
            file = DataFile(path, read_only=True)
        else:
            lines.append(Line("数据文件", "注意", f"还没有“{path}”", "打开窗口建一个，或用 --data 指定"))
    except EnvironmentFault as fault:
        lines.append(Line("数据文件", FAULT, str(fault), "在窗口里从备份恢复，或用 restore 命令"))
    try:
        lines = [*finish(run(path, file)), *lines]
    finally:
        if file is not None:
            file.close()
    del app
    if options.json:
        show_json([line.to_json() for line in lines])
    else:
        for line in lines:
            show(str(line))
        show(verdict(lines))
    return BLOCKED if any(line.level == FAULT for line in lines) else DONE


def _application() -> object:
    """Qt's application, which knows fonts and screens; without a display one that shows nothing."""
    # only this command asks Qt
    from PySide6.QtGui import QGuiApplication

    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(map(os.environ.get, names)):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
