"""Qt's own words in Chinese: buttons of its dialogs, the file dialog, menus of line edits."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication


def speak_chinese(app: QApplication) -> bool:
    """Give Qt its Chinese translation, whatever the system's language; whether it was there. Once for an application."""
    if app.findChild(QTranslator) is not None:
        return True
    translator = QTranslator(app)
    found = translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    app.installTranslator(translator)
    return found
