"""Start of the window: one application, its font and look, the data file, then the frame."""

from __future__ import annotations

import os
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from models.packs.pack import pack_ids
from models.periods import Period
from models.places import RESOURCES
from models.store.file import DataFile
from models.store.zones import last_pack, pick
from ui import fonts, inputmethod
from ui.demonstration import PERIOD, is_demonstration
from ui.desktop import Desktop
from ui.dropping import Drops
from ui.folders import called, default_file, settings_file
from ui.following import FOLLOW, follow_system, system_is_dark
from ui.pages import entries
from ui.session import Session
from ui.settings import Settings
from ui.sweeping import Sweeper
from ui.theme import Look
from ui.translating import speak_chinese
from ui.window import Window
from ui.written import take_in

if TYPE_CHECKING:
    from ui.pages.start import StartPage

CALM = 3_000  # milliseconds after which the clerk has begun and the day's backup may be made


def run(path: Path | None = None) -> int:
    """Open ``path`` (default: the file opened last, else the one in the user's data folder) and stay until the window closes."""
    if not has_display():
        sys.stderr.write(f"没有显示器，打不开窗口；不开窗口的用法请看：{called()} -h\n")
        return 2
    app = start()
    sweeper = Sweeper(app)
    QTimer.singleShot(CALM, sweeper, partial(sweeper.begin, settled=True))
    settings = Settings(settings_file())
    look = read_look(settings)
    look.apply()
    look.changed.connect(lambda: keep_look(settings, look))
    following = follow_system(settings, look)
    wanted = path or Path(settings.get("file", str(default_file())))
    desktop = Desktop(partial(dress, settings, look), partial(_first_page, look))
    desktop.begin(wanted)
    code = app.exec()
    following.deleteLater()
    sweeper.deleteLater()
    return code


def _first_page(look: Look, path: Path) -> StartPage:
    """Where a file is made or chosen."""
    # seen only where there is no file yet
    from ui.pages.start import StartPage

    return StartPage(look, path)


def start() -> QApplication:
    """The application, with the way settled that Chinese input takes: Qt reads that when the application is made."""
    settled = inputmethod.settle()
    app = make_app()
    app.setProperty(inputmethod.PROPERTY, settled.why)
    return app


def dress(settings: Settings, look: Look, file: DataFile, page: str = "") -> Window:
    """The window over a file: it is remembered as the last one, written in the person's name, backed up each day."""
    demonstration = is_demonstration(file.path)
    if not demonstration:  # the next start is for the clerk's own
        settings.put("file", str(file.path))
    file.sign_as(settings.get("person/name", ""))
    window = make_window(file, look, page=page, settings=settings, period=PERIOD if demonstration else None)
    QTimer.singleShot(CALM, window, partial(_back_up, window))
    return window


def _back_up(window: Window) -> None:
    """The day's backup, and from then on each day's."""
    # copies and checks files: the window is there before it is loaded
    from ui.daily import Daily

    Daily(window.session).run()


def has_display() -> bool:
    """Whether a window can be shown; asked before Qt is, which ends the program without one."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(map(os.environ.get, names))


def make_app() -> QApplication:
    """The application, sharp at any scaling."""
    app = QApplication.instance()
    if app is None:
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        app = QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("园区年报通")
    app.setDesktopFileName("园区年报通")  # what menu and task bar know the window by (ui/installing.py)
    app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "园区年报通.svg")))
    speak_chinese(app)
    app.setStyle("Fusion")
    return app


def read_look(settings: Settings) -> Look:
    """The look chosen last."""
    dark = system_is_dark() if settings.get(FOLLOW, False) else settings.get("look/dark", False)
    return Look(fonts.load(), dark=dark, scale=settings.get("look/scale", 1.0))


def keep_look(settings: Settings, look: Look) -> None:
    """Remember the look."""
    settings.put("look/dark", look.dark)
    settings.put("look/scale", look.scale)


def make_window(
    file: DataFile, look: Look, *, period: Period | None = None, page: str = "", settings: Settings | None = None
) -> Window:
    """The frame over an open data file: the zone chosen last, the year that is being reported, and ``page`` (default: the one
    that was open last, else the first).
    """
    with file.reading() as connection:
        found, chosen = pick(connection), last_pack(connection)
    session = Session(file, found.code, period or default_period(date.today()), look, settings)
    session.pack = chosen if chosen in pack_ids() else ""
    take_in(session)
    window = Window(session, entries())
    Drops(window, session)
    window.resize(1440, 900)
    last = session.settings.get("window/page", "")
    window.open(page or (last if last in window.entries else next(iter(window.entries))), {})
    return window


def default_period(today: date) -> Period:
    """The year under way; in its first quarter still the year before, whose return is being made."""
    return Period(today.year - (today.month <= 3))
