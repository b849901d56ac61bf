"""How to print: printer, copies, pages, paper, scale, margins; kept for each return and never reset (asks.md 70)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QWidget

from exporters.page import WIDTH, Layout
from ui.printing.output import chosen_pages, sections
from ui.printing.papers import Papers
from ui.settings import Settings
from ui.widgets import Pick, TextLine, column, label, row

OWN = "percent"
ALL, PART, SOME = "all", "part", "some"
PAPERS = (("", "按原样"), ("A4", "A4"), ("A3", "A3"))
TURNED = (("", "按原样"), ("横", "横向"), ("纵", "纵向"))
SCALES = (("", "按原样"), (WIDTH, "适合页宽"), ("100", "实际大小"), (OWN, "自己定"))
MARGINS = (("", "按原样"), ("8", "窄（8 毫米）"), ("15", "中（15 毫米）"), ("25", "宽（25 毫米）"))
PAGES = ((ALL, "全部"), (PART, "这张表"), (SOME, "指定页"))
NO_PRINTER = "没有装打印机"


class Choice(Pick):
    """One of several words. ``picked(value)`` when the clerk takes another. ``whole``: as wide as its panel."""

    picked = Signal(str)

    def __init__(self, name: str, words: Sequence[tuple[str, str]] = (), *, whole: bool = False) -> None:
        self._menu = QMenu()
        super().__init__(name, self._menu)
        self._menu.setParent(self, self._menu.windowFlags())  # it goes with the button, which would not take it along
        self.layout().setStretch(1, 1)  # type: ignore[attr-defined]
        self.words: dict[str, str] = {}
        self.chosen = ""
        if whole:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.offer(words)

    def offer(self, words: Sequence[tuple[str, str]]) -> None:
        """Offer other words, the first of them chosen."""
        self.words = dict(words)
        self._menu.clear()
        for value, text in words:
            self._menu.addAction(text, lambda value=value: self._take(value))
        if words and self.chosen not in self.words:
            self.choose(words[0][0])
        elif words:
            self.choose(self.chosen)

    def choose(self, value: str) -> None:
        """Show a word as chosen, without telling."""
        self.chosen = value
        self.put(self.words.get(value, value))

    def _take(self, value: str) -> None:
        self.choose(value)
        self.picked.emit(value)


class Options(QWidget):
    """``changed``: pages have to be laid out anew; ``judged``: printer, copies or pages are others."""

    changed = Signal()
    judged = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings, self.key = settings, ""
        self.papers: Papers | None = None
        self.here = 0
        self.printer, self.pages = Choice("打印机", whole=True), Choice("打印哪些页", PAGES, whole=True)
        self.copies, self.range, self.percent = TextLine("1"), TextLine(), TextLine("100")
        self.paper, self.turned = Choice("纸张", PAPERS, whole=True), Choice("方向", TURNED, whole=True)
        self.scale, self.margin = Choice("缩放", SCALES, whole=True), Choice("页边距", MARGINS, whole=True)
        self.none, self.fault = label("", "note", wrap=True), label("", "error", wrap=True)
        self.percent_row = self._line("百分之几", self.percent)
        self._place()
        self.copies.setValidator(QIntValidator(1, 999, self))
        self.percent.setValidator(QIntValidator(10, 400, self))
        self.range.setPlaceholderText("如 1-3 或 1,3,5")
        for choice, name in ((self.paper, "paper"), (self.turned, "turned"), (self.margin, "margin")):
            choice.picked.connect(partial(self._keep, name))
        self.scale.picked.connect(self._scale)
        self.percent.editingFinished.connect(self._percent)
        self.printer.picked.connect(self._printer)
        self.pages.picked.connect(self._pages)
        for edit in (self.copies, self.range):
            edit.textChanged.connect(lambda _: self.judge())

    def _place(self) -> None:
        rows = column(self, spacing=8)
        rows.addWidget(self.printer)
        rows.addWidget(self.none)
        rows.addWidget(self._line("份数", self.copies))
        rows.addWidget(self.pages)
        rows.addWidget(self.range)
        rows.addWidget(self.fault)
        rows.addSpacing(8)
        for each in (self.paper, self.turned, self.scale, self.percent_row, self.margin):
            rows.addWidget(each)
        rows.addWidget(label("纸张、缩放和打印机会记住，下次打印这份报表不用再选。", "note", wrap=True))

    @staticmethod
    def _line(text: str, edit: QLineEdit) -> QWidget:
        held = QWidget()
        across = row(held)
        across.addWidget(label(text, "secondary"))
        edit.setAccessibleName(text)
        across.addWidget(edit, 1)
        return held

    @property
    def _place_kept(self) -> str:
        return f"print/{self.key}"

    @property
    def layout_asked(self) -> Layout:
        """The layout chosen."""
        scale = self.percent.text() if self.scale.chosen == OWN else self.scale.chosen
        return Layout(self.paper.chosen, self.turned.chosen, scale, self.margin.chosen)

    def open(self, key: str, printers: Sequence[str]) -> None:
        """Show what was chosen last for ``key``."""
        self.key = key
        kept = {
            name: self.settings.get(f"{self._place_kept}/{name}", "") for name in ("paper", "turned", "margin", "scale")
        }
        for choice, name in ((self.paper, "paper"), (self.turned, "turned"), (self.margin, "margin")):
            choice.choose(kept[name] if kept[name] in choice.words else "")
        scale = kept["scale"]
        self.scale.choose(scale if scale in self.scale.words else OWN if scale.isdecimal() else "")
        self.percent.setText(scale if self.scale.chosen == OWN else "100")
        self.percent_row.setVisible(self.scale.chosen == OWN)
        self.copies.setText("1")
        self.pages.choose(ALL)
        self.range.clear()
        self.put_printers(printers)

    def put_printers(self, names: Sequence[str]) -> None:
        """Offer the printers there are; the one used last for this return, else the usual one."""
        self.printer.offer([(name, name) for name in names])
        kept = self.settings.get(f"{self._place_kept}/printer", "")
        self.printer.choose(kept if kept in names else names[0] if names else "")
        if not names:
            self.printer.put(NO_PRINTER)
        self.printer.setEnabled(bool(names))
        gone = f"上次用的“{kept}”现在没有。" if names and kept and kept not in names else ""
        self.none.setText(gone or ("" if names else "这台电脑上没有打印机：可以存为 PDF，拷到能打印的电脑上打印。"))
        self.none.setVisible(bool(self.none.text()))
        self.judge()

    def put_papers(self, papers: Papers | None, here: int) -> None:
        """The pages to choose from, and the one in sight."""
        self.papers, self.here = papers, here
        parts = sections(papers) if papers else []
        self.pages.offer(PAGES if len(parts) > 1 else [each for each in PAGES if each[0] != PART])
        self.judge()

    def numbers(self) -> list[int]:
        """The pages to print, from 0. ValueError with a sentence where they cannot be told."""
        papers = self.papers
        if papers is None:
            return []
        if self.pages.chosen == PART:
            return next((pages for _, pages in sections(papers) if self.here in pages), [])
        if self.pages.chosen == SOME:
            return chosen_pages(self.range.text(), papers.count())
        return list(range(papers.count()))

    def judge(self) -> None:
        """Say what is wrong with the pages asked for, and tell."""
        self.range.setVisible(self.pages.chosen == SOME)
        fault = ""
        if self.pages.chosen == SOME and self.papers is not None:
            try:
                self.numbers()
            except ValueError as error:
                fault = str(error) if self.range.text().strip() else "请写上要印的页码"
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.judged.emit()

    def _keep(self, name: str, value: str) -> None:
        self.settings.put(f"{self._place_kept}/{name}", value)
        self.changed.emit()

    def _scale(self, value: str) -> None:
        self.percent_row.setVisible(value == OWN)
        if value == OWN:
            self.percent.setFocus()
            self.percent.selectAll()
        self._keep("scale", self.percent.text() if value == OWN else value)

    def _percent(self) -> None:
        kept = self.settings.get(f"{self._place_kept}/scale", "")
        if self.scale.chosen == OWN and self.percent.hasAcceptableInput() and self.percent.text() != kept:
            self._keep("scale", self.percent.text())

    def _printer(self, value: str) -> None:
        self.settings.put(f"{self._place_kept}/printer", value)
        self.judge()

    def _pages(self, value: str) -> None:
        self.judge()
        if value == SOME:
            self.range.setFocus()
