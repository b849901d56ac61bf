"""历史: every step ever done, searched by text, person, day and record; one opened field by field, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from exporters.history_sheet import write
from models.kinds import BadValue, Day
from models.ledgers import BY_ID
from models.store.faults import EnvironmentFault
from models.store.history import reverse
from models.store.journal import DONE_TO, Listed, Namer, Search, entries, fields_of, journal, label_of, people, steps_in
from models.store.past import LASTING, Step
from ui.busy import Busy
from ui.moments import when
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import Button, Card, Elided, FindLine, Pick, label, link, row
from ui.worker import Task
from ui.writing import replacing

HEADS = [
    Head("时间", width=130), Head("谁", width=84), Head("做了什么", width=320), Head("类别", width=76),
    Head("行", width=64, right=True), Head("", width=76),
]  # fmt: skip
CHANGES = [Head("项目", width=110), Head("原来", width=110), Head("改为", width=110)]
KEPT = [Head("台账", width=80), Head("没有撤销的行", width=110), Head("为什么", width=140)]
SPANS = {"全部时间": 0, "今天": 1, "近 7 天": 7, "近 30 天": 30, "近一年": 365}
MOST = 500  # steps listed at once
ROWS = 300  # rows of a step told
FILES = "Excel 工作簿 (*.xlsx);;CSV 文件 (*.csv)"
WAIT = 250  # milliseconds after the last letter typed


class History(QWidget):
    """The list at the left, the step that is opened at the right."""

    def __init__(self, session: Session, busy: Busy) -> None:
        super().__init__()
        self.session, self.busy = session, busy
        self.row, self.row_name = b"", ""
        self.listed = MOST
        self._looking: Task | None = None  # the latest search for a text
        self.find = FindLine()
        self.find.setPlaceholderText("搜索名称、代码、做了什么、改过的值")
        self.day = FindLine()
        self.day.setPlaceholderText("某一天，如 20251105、2025年11月")
        self.who, self.span = Pick("谁", QMenu(self), flat=True), Pick("时间", QMenu(self), flat=True)
        self.chosen_who, self.chosen_span = "", "全部时间"
        self.of_row = link("", lambda: self.show_row(b"", ""))
        self.export = Button("导出历史…", self.ask_export)
        self.list = Lines(session.look, stretch=2, drop=(3,))
        self.more = link("", self._more)
        self.panel = Card(name="panel")
        self.title, self.fact = label("", "strong", wrap=True), Elided("", "secondary")
        self.undo = Button("撤销这一步", self.take_back)
        self.why = label("", "note", wrap=True)
        self.steps = Lines(session.look, stretch=2, wrapped=(1, 2))
        self._timer = QTimer(self, singleShot=True, interval=WAIT)
        self._place()
        self._connect()

    def _place(self) -> None:
        tools = row(spacing=8)
        tools.addWidget(self.find, 3)
        tools.addWidget(self.day, 2)
        for widget in (self.span, self.who, self.of_row, self.export):
            tools.addWidget(widget)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(boxed(self.list), 1)
        left.addWidget(self.more)
        for widget in (self.title, self.fact):
            self.panel.rows.addWidget(widget)
        line = row(spacing=8)
        line.addWidget(self.undo)
        line.addWidget(self.why, 1)
        self.panel.rows.addLayout(line)
        self.panel.rows.addWidget(boxed(self.steps), 1)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addLayout(left, 5)
        both.addWidget(self.panel, 3)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addLayout(tools)
        rows.addLayout(both, 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.fill)
        self.find.textChanged.connect(lambda _: self._timer.start())
        self.day.textChanged.connect(lambda _: self._timer.start())
        self.who.menu().aboutToShow.connect(self._fill_people)
        for name in SPANS:
            self.span.menu().addAction(name, partial(self._choose_span, name))
        self.list.chosen.connect(lambda _: self._open())
        self.who.put("所有人")
        self.span.put(self.chosen_span)
        self.of_row.hide()
        self.more.hide()

    # --- what is looked for

    def show_row(self, row: bytes, name: str) -> None:
        """Only what happened to one record; b"" for all."""
        self.row, self.row_name = row, name
        self.of_row.setText(f"只看“{name}” ×")
        self.of_row.setVisible(bool(row))
        self.fill()

    def _choose_span(self, name: str) -> None:
        self.chosen_span = name
        self.span.put(name)
        self.fill()

    def _choose_who(self, who: str) -> None:
        self.chosen_who = who
        self.who.put(who or "所有人")
        self.fill()

    def _fill_people(self) -> None:
        menu = self.who.menu()
        menu.clear()
        with self.session.file.reading() as connection:
            there = people(connection, self.session.zone)
        menu.addAction("所有人", partial(self._choose_who, ""))
        for who in there:
            menu.addAction(who, partial(self._choose_who, who))

    def search(self) -> Search:
        """What is asked for now."""
        since, until = days(self.day.text())
        back = SPANS[self.chosen_span]
        if back and not since:
            since = f"{date.today() - timedelta(days=back - 1)}"
        return Search(self.find.text().strip(), self.chosen_who, since, until, self.row)

    def _more(self) -> None:
        self.listed += MOST
        self.fill(keep=True)

    def fill(self, *, keep: bool = False) -> None:
        """Read the steps again."""
        self._timer.stop()
        self.listed = self.listed if keep else MOST
        file, zone, search, limit = self.session.file, self.session.zone, self.search(), self.listed + 1

        def work() -> list[Listed]:
            with file.reading() as connection:
                return journal(connection, zone, search, limit)

        self._looking = None
        if not search.text:  # by the index
            self._show(work())
            return
        self._looking = task = Task(self, work)  # every change is looked through
        self.more.setText("正在找…")
        self.more.show()
        task.done.connect(lambda found: task is self._looking and self._show(found))
        task.failed.connect(lambda error: self.session.said.emit(str(error), "error"))
        task.start()

    def _show(self, found: list[Listed]) -> None:
        self.more.setVisible(len(found) > self.listed)
        self.more.setText(f"再往前 {MOST} 步")
        self.list.put(HEADS, [_row(each) for each in found[: self.listed]], lambda each: each.done.no)  # type: ignore[attr-defined]
        if found and self.list.current() is None:
            self.list.select(0)
        self._open()

    # --- the step opened

    def _open(self) -> None:
        chosen = self.list.current()
        if not isinstance(chosen, Listed):
            self.title.setText("没有符合的")
            self.fact.setText("换一个词、换一段时间，或点“所有人”再找。")
            self.undo.hide()
            self.why.setText("")
            self.steps.put(CHANGES, [])
            return
        done = chosen.done
        self.title.setText(done.title)
        moment = datetime.fromisoformat(done.at)
        self.fact.setText(f"{moment:%Y-%m-%d %H:%M:%S}　{done.who}（电脑 {done.host}）　{chosen.rows:,} 行")
        reason = self._kept_why(chosen)
        self.undo.setVisible(not reason)
        self.why.setText(reason)
        try:
            with self.session.file.reading() as connection:
                steps = steps_in(connection, self.session.zone, done.no, ROWS + 1)
                namer = Namer(connection, self.session.zone)
                namer.learn(steps[:ROWS])
                rows = [line for step in steps[:ROWS] for line in _told(step, namer)]
        except EnvironmentFault as fault:
            self.session.said.emit(str(fault), "error")
            return
        if chosen.rows > ROWS:
            rows.append(Row((Cell(f"……另有 {chosen.rows - ROWS:,} 行，导出历史可看全部", ink="secondary"),)))
        self.steps.put(CHANGES, rows)

    def _kept_why(self, chosen: Listed) -> str:
        """Why a step cannot be taken back; "" where it can."""
        done = chosen.done
        if self.session.file.read_only:
            return "这个文件只能看"
        if done.reversed_by is not None:
            return f"第 {done.reversed_by} 步已撤销它"
        if done.kind in LASTING:
            return "新建和签发不撤销：别人已经看到了"
        return ""

    def take_back(self) -> None:
        """Take back the opened step, in the background."""
        chosen = self.list.current()
        if isinstance(chosen, Listed):
            file, no = self.session.file, chosen.done.no
            self.busy.run("正在撤销…", lambda: reverse(file, no), self._taken_back, self._failed)

    def _taken_back(self, outcome: object) -> None:
        self.session.note_written()
        kept = getattr(outcome, "kept", ())
        word = f"已撤销：{getattr(outcome, 'title', '')}（{getattr(outcome, 'rows', 0):,} 行）"
        if not kept:
            self.session.said.emit(word, "good")
            return
        with self.session.file.reading() as connection:
            namer = Namer(connection, self.session.zone)
            namer.learn_rows([(name, row) for name, row, _ in kept])
        self.session.said.emit(f"{word}；有 {len(kept):,} 行没动，见右边", "error")
        rows = []
        for name, id, why in kept[:ROWS]:
            called = namer.name(BY_ID[name], id)
            rows.append(Row((Cell(BY_ID[name].label), Cell(called, tip=called), Cell(why, tip=why)), (name, id)))
        self.steps.put(KEPT, rows)

    def _failed(self, error: Exception) -> None:
        self.session.said.emit(str(error), "error")
        self.fill(keep=True)

    # --- export

    def ask_export(self) -> None:
        """Choose where to."""
        name = f"{self.session.file.path.stem} 历史 {date.today()}.xlsx"
        chosen, kind = QFileDialog.getSaveFileName(self, "导出历史", str(Path.home() / name), FILES)
        if chosen:
            ending = ".csv" if "csv" in kind else ".xlsx"
            self.export_to(Path(chosen if chosen.endswith((".xlsx", ".csv")) else chosen + ending))

    def export_to(self, path: Path) -> None:
        """Write the steps that fit the search, every changed field a row."""
        file, zone, search = self.session.file, self.session.zone, self.search()

        def work(tell: Callable[[int, int], None]) -> int:
            with file.reading() as connection, replacing(path) as fresh:
                return write(fresh, path.suffix, entries(connection, zone, search, tell))

        said = f"已导出：{path}"
        self.busy.run_told(
            "正在导出历史…", work, lambda count: self.session.said.emit(f"{said}（{count:,} 行）", "good"), self._failed
        )


def days(text: str) -> tuple[str, str]:
    """The first and last day meant by what was typed, ISO; ("", "") where it is no date (yet)."""
    try:
        number = Day().parse(text)
    except BadValue:
        return "", ""
    if not isinstance(number, int) or isinstance(number, str):
        return "", ""
    year, month, day = number // 10000, number // 100 % 100, number % 100
    return f"{year:04}-{month or 1:02}-{day or 1:02}", f"{year:04}-{month or 12:02}-{day or 31:02}"


def _row(each: Listed) -> Row:
    done = each.done
    gone = done.reversed_by is not None
    state = Cell("已撤销", chip="plain") if gone else Cell()
    cells = (
        Cell(when(datetime.fromisoformat(done.at)), ink="secondary", tip=done.at.replace("T", " ")), Cell(done.who),
        Cell(done.title, ink="secondary" if gone else "text", tip=done.title),
        Cell(done.kind, ink="secondary"), Cell(f"{each.rows:,}", right=True, ink="secondary"), state,
    )  # fmt: skip
    return Row(cells, each)


def _told(step: Step, namer: Namer) -> list[Row]:
    """A heading that names the row, then a line for each field."""
    ledger = BY_ID[step.ledger]
    period = namer.period(step)
    head = " · ".join(filter(None, (ledger.label, namer.name(ledger, step.row), period, DONE_TO[step.op])))
    lines = [Row((Cell(head, bold=True, ink="secondary"),))]
    for field, old, new in fields_of(step):
        before, after = (namer.value(ledger, field, value) for value in (old, new))
        cells = (
            Cell(label_of(ledger, field)), Cell(before or "（空）", ink="secondary", tip=before),
            Cell(after or ("" if step.op else "（空）"), tip=after),
        )  # fmt: skip
        lines.append(Row(cells, (step.row, field)))
    return lines
