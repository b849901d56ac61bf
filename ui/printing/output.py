"""Pages → printer or PDF: vector text, the fonts embedded, one page after another so that nothing stands still meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from importers.progress import Progress
from models.version import software
from ui.printing.papers import Papers, part_of
from ui.writing import replacing

DPI = 1200  # of the PDF's own grid, finer than any line
_NAMED = {"A3": QPageSize.PageSizeId.A3, "A4": QPageSize.PageSizeId.A4, "A5": QPageSize.PageSizeId.A5}
_CLOSE = 1.5  # points by which a page may differ from a paper and still be called by its name


def printers() -> list[str]:
    """The printers installed, the usual one first."""
    usual, names = QPrinterInfo.defaultPrinterName(), QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: name != usual)


def open_printer(name: str, title: str, copies: int) -> QPrinter:
    """A printer ready for pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setDocName(title)
    printer.setCreator(software())
    printer.setCopyCount(copies)
    printer.setFullPage(True)
    return printer


def page_layout(size: tuple[float, float]) -> QPageLayout:
    """A page of that size in points, without margins of the device: the page has its own."""
    short, long = sorted(size)
    turned = QPageLayout.Orientation.Landscape if size[0] > size[1] else QPageLayout.Orientation.Portrait
    paper = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    for id in _NAMED.values():
        known = QPageSize(id).size(QPageSize.Unit.Point)
        if abs(known.width() - short) < _CLOSE and abs(known.height() - long) < _CLOSE:
            paper = QPageSize(id)
    made = QPageLayout(paper, turned, QMarginsF())
    made.setMode(QPageLayout.Mode.FullPageMode)
    return made


def put_out(device: QPagedPaintDevice, papers: Papers, numbers: Sequence[int]) -> Iterator[Progress]:
    """Draw pages on a device, yielding before each; OSError where it cannot be begun or gone on with.

    Closed before the end, it leaves the device with what was drawn.
    """
    painter = QPainter()
    try:
        for done, number in enumerate(numbers):
            yield Progress(done, len(numbers), f"第 {done + 1} 页，共 {len(numbers)} 页")
            device.setPageLayout(page_layout(papers.size(number)))
            begun = device.newPage() if painter.isActive() else painter.begin(device)
            if not begun:
                raise OSError(f"第 {done + 1} 页没有印出来：请看打印机是否开着、有没有纸，或存为 PDF")
            painter.save()
            # a printer's own grid need not be square with 1/72 inch: lengths by its width
            papers.paint(painter, number, device.logicalDpiX() / 72)
            painter.restore()
    finally:
        if painter.isActive():
            painter.end()


def pdf_steps(papers: Papers, path: Path, numbers: Sequence[int] | None = None) -> Iterator[Progress]:
    """Write pages (all of them) as a PDF, whole or not at all; OSError with a sentence where it cannot be written."""
    with replacing(path) as fresh:
        fresh.touch()
        writer = QPdfWriter(str(fresh))
        writer.setTitle(papers.name)
        writer.setCreator(software())
        writer.setResolution(DPI)
        try:
            yield from put_out(writer, papers, range(papers.count()) if numbers is None else numbers)
        finally:
            del writer  # or the file is neither complete nor let go


def write_pdf(papers: Papers, path: Path, numbers: Sequence[int] | None = None) -> None:
    """Write pages as a PDF at once, for commands."""
    for _ in pdf_steps(papers, path, numbers):
        pass


def chosen_pages(text: str, count: int) -> list[int]:
    """Page numbers from 0 of “1-3,5”; ValueError with a sentence for what is no range of pages."""
    numbers: list[int] = []
    for part in re.split(r"[,，、;；\s]+", text.strip()):
        found = re.fullmatch(r"(\d+)(?:[-—–~～至到](\d+)?)?", part)
        if not found:
            raise ValueError(f"页码“{part}”看不懂，请写成 1-3 或 1,3,5")
        first = int(found[1])
        last = int(found[2]) if found[2] else count if len(part) > len(found[1]) else first
        if not 1 <= first <= last <= count:
            raise ValueError(f"页码“{part}”不在 1–{count} 之内")
        numbers += range(first - 1, last)
    return list(dict.fromkeys(numbers))


def sections(papers: Papers) -> list[tuple[str, list[int]]]:
    """The parts of the papers, each with its pages."""
    found: dict[str, list[int]] = {}
    for number in range(papers.count()):
        found.setdefault(part_of(papers, number), []).append(number)
    return list(found.items())
