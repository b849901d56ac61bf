"""The manual in the program: F1 opens it at the page on show."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.ledgers import BY_ID
from ui.help.manual import chapter_of
from ui.help.reader import Reader
from ui.theme import Look


def show(beside: QWidget, look: Look, page: str) -> Reader:
    """Open the manual of the window ``beside``, or bring it to the front, at the chapter that tells of ``page``."""
    reader = beside.findChild(Reader) or Reader(look, beside)
    reader.open(chapter_of(page, ledger=page in BY_ID))
    return reader
