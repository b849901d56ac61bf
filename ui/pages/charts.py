"""图表: the pack's charts as the sheets they print to, beside each its figures and the rows behind; printed, copied, exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from exporters.charts import PAPERS, Paper, Picture, empty
from models.chart_table import ledgers_of
from models.charts import Drawn
from ui.asking import page_of
from ui.chartstrip import ChartStrip
from ui.chartview import ChartView, image_of
from ui.chartwork import ChartWork
from ui.page import PageWidget
from ui.pages.charts_panel import ChartPanel
from ui.pages.charts_print import ChartPrint
from ui.pages.charts_taking import Taking
from ui.session import Session
from ui.widgets import Button, Elided, EmptyState, PageHeader, Pick, column, row
from ui.worker import Task

PANEL, NARROW = 316, 980  # pixels of the drawings; below NARROW the strip shows numbers only


class ChartsPage(PageWidget):
    """Figures are worked out in the background whenever the page is looked at after a change, the chart in sight first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.number = 0
        self.work = ChartWork(self, session)
        self.strip, self.view, self.panel = ChartStrip(session.look), ChartView(session.look), ChartPanel(session)
        self.taking = Taking(self, self.work, lambda: self.number, self.panel.outcome)
        self._drawing: Task | None = None
        self._asked: object = None  # what is being drawn
        self._wanted = ""
        self._make_header()
        self.middle = QStackedWidget()
        self.middle.addWidget(self.view)
        self._place()
        self.printing = ChartPrint(self, self.open_preview)
        # while the window is being made larger, the last picture is shown larger
        self._redraw = QTimer(self, singleShot=True, interval=60)
        self._connect()

    def _make_header(self) -> None:
        self.header = PageHeader("图表")
        self._papers = QMenu(self)
        for paper in PAPERS.values():
            self._papers.addAction(_words(paper), partial(self.work.take_paper, paper))
        self.paper = Pick("纸张", self._papers)
        self.header.put(self.paper)
        self.copy = self.header.add("复制图片", self.taking.copy_picture)
        self.print = self.header.add("打印…", self.open_preview, key="Ctrl P")
        self.export = self.header.add("导出 ▼", lambda: None, primary=True)
        self.export.setAccessibleName("导出")
        self._menu = QMenu(self.export)
        self.export.setMenu(self._menu)
        self._menu.aboutToShow.connect(lambda: self.taking.offer(self._menu))

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.header)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        desk = column(spacing=4)
        desk.addLayout(self._above())
        desk.addWidget(self.middle, 1)
        sides.addWidget(self.strip)
        sides.addLayout(desk, 1)
        sides.addWidget(self.panel)
        outer.addLayout(sides, 1)

    def _above(self) -> QBoxLayout:
        """Above the sheet: what the bar pointed at says, and how large the sheet is."""
        line = row(spacing=0)
        self.pointed, self.sizes = Elided("", "secondary"), list[QPushButton]()
        line.addWidget(self.pointed, 1)
        for text, times in (("缩小", 1 / 1.3), ("放大", 1.3)):
            button = QPushButton(text)
            button.setProperty("flat", True)
            button.setToolTip("Ctrl+滚轮")
            button.clicked.connect(lambda _, times=times: self.view.enlarge(self.view.larger * times))
            line.addWidget(button)
            self.sizes.append(button)
        return line

    def _connect(self) -> None:
        work, session = self.work, self.session
        self.strip.chosen.connect(self._turn)
        self.view.chosen.connect(self.panel.show_bar)
        self.view.turned.connect(lambda step: self.strip.select(self.number + step))
        self.view.wanted.connect(self._redraw.start)
        self.view.hovered.connect(self._say_pointed)
        self.panel.chosen.connect(self.view.choose)
        self.panel.copied.connect(self._copy_data)
        self._redraw.timeout.connect(self._draw)
        work.begun.connect(self._begin)
        work.found.connect(lambda number: self._show(keep=True) if number == self.number else None)
        work.finished.connect(self._finish)
        work.paper_changed.connect(self._show_paper)
        self.printing.closed.connect(work.follow_paper)
        session.data_changed.connect(lambda _: self._spoil())
        session.scope_changed.connect(self._spoil)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+Shift+C"), self, context=here).activated.connect(self._copy_data)
        for owner in (self.view, self.strip):  # in the table Ctrl+C copies a line, as in every list
            shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), owner, context=here)
            shortcut.activated.connect(self.taking.copy_picture)

    # --- which chart

    def arrive(self, where: Mapping[str, object]) -> None:
        self._wanted = str(where.get("chart", ""))
        if self.work.stale:
            self.work.run(self.number, self._wanted)
        elif (number := self.work.number_of(self._wanted)) is not None:
            self.strip.select(number)
        self.view.setFocus()

    def _spoil(self) -> None:
        self.work.stale = True
        if self.isVisible():
            self.work.run(self.number)

    def _begin(self, anew: bool) -> None:
        """Show which charts there will be, or that the pack has none."""
        charts, asked = self.work.names, self.work.asked
        assert asked is not None
        self._say_fact("")
        for each in (self.copy, self.print, self.export, self.paper, self.strip, self.panel):
            each.setVisible(bool(charts))
        if not charts:
            hint = "这份报表不要求图。要看别的报表的图，在上面换一份报表。"
            self._say_empty(f"“{asked.pack.id}”没有图表", hint, ())
            return
        self.paper.put(_words(self.work.paper))
        wanted = self.work.number_of(self._wanted)
        self.number = wanted if wanted is not None else 0 if anew else self.number
        self.strip.put(charts, self.number)
        if anew:
            self._turn_middle(self.view)
            self.view.put(self.work.paper, (), charts[self.number].name, keep=False)

    def _finish(self) -> None:
        charts = self.work.charts
        assert charts is not None
        self._say_fact(f" · 校验码 {charts.sheet.code}" if charts.sheet.code else " · 草稿")
        self._draw_small()

    def _say_fact(self, state: str) -> None:
        asked = self.work.asked
        assert asked is not None
        pack = asked.pack
        self.header.fact.setText(f"{pack.id} · {pack.title} · {asked.period.label} · {len(pack.charts)} 张图{state}")

    def _turn(self, number: int) -> None:
        if number != self.number:
            self.number = number
            self._show(keep=False)

    def _show(self, *, keep: bool) -> None:
        """Show the chart in sight, as far as it is worked out."""
        drawn, asked = self.work.drawn.get(self.number), self.work.asked
        if asked is None or drawn is None:
            self._turn_middle(self.view)
            self.view.put(self.work.paper, (), "", keep=False)
            return
        self.panel.put(drawn, asked)
        bar = self.view.bar if keep and self.view.bar < len(drawn.bars) else -1
        self.view.put(self.work.paper, self.panel.table.said, drawn.chart.name, keep=keep)
        self.view.choose(bar)
        self._say_pointed(-1)
        if empty(drawn):
            self._say_what_to_fill(drawn)
            self.work.shown.set()
        else:
            self._turn_middle(self.view)
            self._draw()

    def _say_what_to_fill(self, drawn: Drawn) -> None:
        asked = self.work.asked
        assert asked is not None
        ledgers = ledgers_of(asked.pack, drawn.chart)
        names = "、".join(f"“{each.label}”" for each in ledgers)
        self._say_empty(
            f"“{drawn.chart.name}”还没有数",
            f"这张图由{asked.period.label}的{names}算出。填好以后，图就在这里。",
            [(f"去填 {each.label}", partial(self.session.go, page_of(each))) for each in ledgers[:3]],
        )

    def _say_empty(self, title: str, hint: str, actions: Sequence[tuple[str, Callable[[], None]]]) -> None:
        while self.middle.count() > 1:
            before = self.middle.widget(1)
            self.middle.removeWidget(before)
            before.deleteLater()
        state = EmptyState(title, hint)
        for number, (text, go) in enumerate(actions):
            state.actions.addWidget(Button(text, go, primary=not number))
        self.middle.addWidget(state)
        self._turn_middle(state)

    def _turn_middle(self, shown: QWidget) -> None:
        """Show the sheet, or what there is in its place."""
        self.middle.setCurrentWidget(shown)
        self.copy.setEnabled(shown is self.view)
        for each in self.sizes:
            each.setVisible(shown is self.view)

    def _say_pointed(self, number: int) -> None:
        self.pointed.setText(self.view.tips[number] if 0 <= number < len(self.view.tips) else "")

    # --- drawing

    def _draw(self) -> None:
        """Draw the chart in sight at the size of its paper on the screen."""
        one = self.work.one(self.number)
        if one is None or empty(one.drawn[0]):
            return
        asked = (one, self.number, self.view.dots)
        if self._drawing is not None and self._asked == asked:  # under way
            return
        self._asked = asked
        self._drawing = task = Task(self, partial(one.picture, 0, self.view.dots, self.work.place(self.number)))
        task.done.connect(lambda picture: self._drew(task, picture))
        task.failed.connect(partial(self._not_drawn, task))
        task.start()

    def _drew(self, task: Task, picture: Picture) -> None:
        if task is self._drawing:
            self._drawing = None
            self.view.draw(picture)
            self.work.shown.set()

    def _not_drawn(self, task: Task, error: Exception) -> None:
        if task is self._drawing:
            self._drawing = None
        self.work.shown.set()
        self.work.tell(error)

    def _draw_small(self) -> None:
        charts, dots = self.work.whole, self.strip.dots
        if charts is None:
            return

        def work() -> Iterator[object]:
            for number in range(len(charts.drawn)):
                yield number, charts.picture(number, dots)

        task = Task(self, work)
        task.progressed.connect(lambda step: self.strip.draw(step[0], image_of(step[1])))
        task.start()

    def _show_paper(self) -> None:
        self.paper.put(_words(self.work.paper))
        self._show(keep=True)
        self._draw_small()

    # --- taking along

    def open_preview(self) -> None:
        """Preview all charts, the one in sight first."""
        if (charts := self.work.whole) is not None:
            chart = charts.drawn[self.number].chart
            self.printing.open(charts, f"{chart.id} {chart.name}")

    def _copy_data(self) -> None:
        self.taking.copy_data(self.panel.table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self.session.look.px
        self.strip.fold(narrow=self.width() < px(NARROW))
        self.panel.setFixedWidth(min(px(PANEL), self.width() * 36 // 100))


def _words(paper: Paper) -> str:
    return f"{paper.name[:2]} {paper.name[2:]}"
