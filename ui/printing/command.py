"""Printing without a window: for the command, which alone of the commands loads Qt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from exporters.page import Layout
from models.ledger import nearest
from models.packs.tables import BadPack
from ui import fonts
from ui.printing.output import sections, write_pdf
from ui.printing.sheets import Workbook
from ui.theme import Look

_HELD: list[object] = []  # Qt's application, which must outlive what is drawn


def write(
    name: str, content: bytes, path: Path, *, draft: bool, sheets: tuple[str, ...] = (), layout: Layout | None = None
) -> int:
    """Print a workbook into a PDF; how many pages it has. BadPack for a sheet that is not there, OSError as writing."""
    if QApplication.instance() is None:
        if sys.platform.startswith("linux"):  # elsewhere the usual platform needs no display, and knows the fonts
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _HELD.append(QApplication(sys.argv[:1]))
    source = Workbook(name, "", content, Look(fonts.load()), draft, sheets)
    papers = source.laid(layout or Layout())
    there = [part for part, _ in sections(papers)]
    for sheet in sheets:
        if sheet not in there:
            every = [part for part, _ in sections(Workbook(name, "", content, source.look, draft).laid(Layout()))]
            raise BadPack(f"没有工作表“{sheet}”{nearest(sheet, every)}（有：{'、'.join(every)}）")
    write_pdf(papers, path)
    return papers.count()
