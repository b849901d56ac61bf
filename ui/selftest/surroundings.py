"""The self-test of what only Qt knows: fonts, input method, printer, screen. Commands ask too, so Qt is loaded when they do."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from exporters.fonts import cache_folder, font_file
from ui import inputmethod
from ui.selftest.line import ATTENTION, FAULT, GOOD, Line

SHOWN = "㎡亩龘〔〕①—"
SMALLEST = (880, 480)  # what the window needs, at 100 %
_ANSWER = "fcitx5 请在它的配置里打开附加组件“IBus Frontend”（ibusfrontend）再重新登录；fcitx 4 没有这个前端，请装 fcitx5 或 ibus"


def fonts(path: Path | None = None) -> Line:
    """Whether the program's own font is there and has what is written with it."""
    # Qt is loaded only for this
    from PySide6.QtGui import QRawFont

    again = "请重新安装程序（随程序的字体缺了或坏了）"
    try:
        file = path or font_file()
    except FileNotFoundError as fault:
        return Line("字体", FAULT, str(fault), again)
    font = QRawFont(str(file), 13)
    if not font.isValid():
        return Line("字体", FAULT, f"“{file.name}”读不了", again)
    missing = "".join(letter for letter in SHOWN if not font.supportsCharacter(letter))
    if missing:
        return Line("字体", FAULT, f"“{file.name}”里没有：{missing}", again)
    return Line("字体", GOOD, f"{font.familyName()}，{' '.join(SHOWN)} 都能显示")


def chart_cache() -> Line:
    """Whether matplotlib can keep its list of fonts: without it every first chart is slow."""
    folder = Path(os.environ.get("MPLCONFIGDIR") or cache_folder() / "matplotlib")
    there = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            return Line("图表的字体缓存", GOOD, str(folder))
    except OSError as error:
        remedy = "图表画得出，只是每次打开后第一张慢；请管理员给这个文件夹的写权限"
        return Line("图表的字体缓存", ATTENTION, f"“{folder}”不能写（{error.strerror}）", remedy)


def input_method(system: str = sys.platform, config: Path | None = None) -> Line:
    """Which way Chinese input takes, why, and whether somebody is at its other end."""
    # Qt is loaded only for this
    from PySide6.QtCore import QCoreApplication

    made = inputmethod.plan(os.environ, inputmethod.qt_parts(os.environ), system)
    app = QCoreApplication.instance()
    why = str(app.property(inputmethod.PROPERTY) or "") if app is not None else ""
    found = why or made.why
    if not system.startswith("linux"):
        return Line("输入法", GOOD, found)
    if not made.front:
        return Line(
            "输入法",
            ATTENTION,
            found,
            "请装 fcitx5 或 ibus 并设为默认输入法，注销后重新登录；在“自检”页的框里打几个汉字试试",
        )
    folder = (config or Path(platformdirs.user_config_dir())) / "ibus" / "bus"
    if made.front == inputmethod.IBUS and not inputmethod.ibus_answers(os.environ, folder):
        return Line("输入法", ATTENTION, f"{found}；但没有输入法应答 ibus", _ANSWER)
    return Line("输入法", GOOD, found)


def printer(names: Sequence[str] | None = None, default: str | None = None) -> Line:
    """Which printers there are."""
    if names is None or default is None:
        # Qt is loaded only for this
        from PySide6.QtPrintSupport import QPrinterInfo

        names, default = QPrinterInfo.availablePrinterNames(), QPrinterInfo.defaultPrinterName()
    if not names:
        return Line(
            "打印机", ATTENTION, "没有装打印机", "要直接打印，请在系统设置里添加打印机；没有也能存成 PDF 拿去打"
        )
    if not default:
        return Line(
            "打印机", ATTENTION, f"有 {len(names)} 台，没有设默认的", "请在系统设置里设一台默认打印机，或打印时自己选"
        )
    return Line("打印机", GOOD, f"默认 {default}" + (f"，另有 {len(names) - 1} 台" if len(names) > 1 else ""))


def screens(scale: float = 1.0) -> Line:
    """Screens with their scaling, the program's own font scale, and whether the window has room on the smallest."""
    # Qt is loaded only for this
    from PySide6.QtGui import QGuiApplication

    there = QGuiApplication.screens()
    if QGuiApplication.platformName() in ("offscreen", "minimal") or not there:
        return Line("屏幕与缩放", GOOD, "没有显示器")
    found = [(s.availableGeometry().width(), s.availableGeometry().height(), s.devicePixelRatio()) for s in there]
    return room(found, scale)


def room(found: Sequence[tuple[int, int, float]], scale: float) -> Line:
    """Of screens told as width, height (in the desktop's own points) and scaling."""
    told = "；".join(f"{width}×{height}，缩放 {ratio:.0%}" for width, height, ratio in found) + f"；字号 {scale:.0%}"
    width, height, _ = min(found)
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return Line("屏幕与缩放", ATTENTION, told, "屏幕太小，窗口放不下：请把系统的缩放调小一级")
    if width < SMALLEST[0] * scale:
        return Line("屏幕与缩放", ATTENTION, told, "这个字号在这块屏幕上太挤，请在“设置”里调小")
    return Line("屏幕与缩放", GOOD, told)
