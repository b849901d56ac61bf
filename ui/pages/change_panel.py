"""A figure's change explained: a waterfall, the parts with the records that gave most, and the explanation written from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from models.change.parts import BASIS, LEFT, MOVED_IN, MOVED_OUT, NEW, Change, Mover, When, explain
from models.change.told import Named, difference, explanation, named, signed, unit_of_change
from models.change.written import keep_written, written
from models.formula.figures import Figure
from models.formula.tree import Cell as FormulaCell
from models.indicators import Result
from models.ledgers import BY_ID
from ui.asked import Asked
from ui.asking import go_to
from ui.scrolled import Filled
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row
from ui.waterfall import Bar, Waterfall
from ui.widgets import Button, Flow, column, label
from ui.worker import Task

TOP = 6  # records named for each part
SHORT = {NEW: "新来", LEFT: "离开", MOVED_IN: "转入", MOVED_OUT: "转出", BASIS: "口径变了"}


@dataclass(frozen=True)
class Told:
    """A change with the names of its records."""

    change: Change
    names: Mapping[tuple[str, bytes], Named]
    text: str = ""  # what was written of it, while the change reads the same


class ChangePanel(QWidget):
    """Worked out in the background when it is looked at."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.told: Told | None = None
        self._wanted: tuple[Result, Figure, Asked] | None = None
        self.picture, self.list = Waterfall(session.look), Lines(session.look, stretch=0)
        self.list.setAccessibleName("增减的各部分")
        self.note, self.text = label("", "note", wrap=True), label("", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.write, self.save = Button("写成说明", self.write_down), Button("存成图片…", self.ask_save)
        inner, rows = column(), column(self)
        inner.setContentsMargins(0, 0, 6, 0)
        buttons = QWidget()
        flow = Flow(buttons)
        for button in (self.write, self.save):
            flow.addWidget(button)
        for widget in (self.picture, self.text, self.list, buttons, self.note):
            inner.addWidget(widget)
        inner.addStretch(1)
        rows.addWidget(Filled(inner), 1)
        self.list.wanted.connect(self._go)

    def find(self, result: Result, figure: Figure, asked: Asked) -> None:
        """Show another figure's change once it is found."""
        self._wanted = wanted = (result, figure, asked)
        self.told = None
        self.text.hide()
        self._show_parts(there=False)
        self.note.setText("正在比两年的各行…")
        file = self.session.file

        def work() -> Told:
            with file.reading() as connection:
                change = explain(result, figure, connection, When(asked.zones, asked.period, date.today(), asked.pack))
                found = named(connection, change.movers)
                note = written(connection, asked.zone.code, asked.pack.id, asked.period).get(result.indicator.id)
            text = note.text if note and note.seen == difference(result) else ""
            return Told(change, {(one.mover.ledger, one.mover.row): one for one in found}, text)

        task = Task(self, work)
        task.done.connect(lambda told: wanted is self._wanted and self._found(told))
        task.failed.connect(lambda error: self.note.setText(str(error)))
        task.start()

    def _show_parts(self, *, there: bool) -> None:
        for widget in (self.picture, self.list, self.write, self.save):
            widget.setVisible(there)

    def _found(self, told: Told) -> None:
        change = told.change
        self.told = told
        self._show_parts(there=not change.why)
        if change.why:
            self.note.setText(f"这个数的增减不能分到各行：{change.why}")
            return
        self.text.setText(told.text)
        self.text.setVisible(bool(told.text))
        asked = self._asked
        self.picture.put(list(_bars(change, asked)))
        heads = [Head("部分、记录", width=190), Head("增减", width=96, right=True), Head("为什么", width=120)]
        self.list.put(heads, list(self._rows(told)))
        self.list.setFixedHeight(self.list.whole_height() + 2)
        if change.parts:
            self.note.setText(
                f"各部分合起来正好等于增减，剩余 0；双击或按 Enter 到那一行，Alt+← 回来{'；柱脚截去了一段' * self.picture.cut}"
            )
        else:
            self.note.setText("两年的各行都没有变")
        self.write.setVisible(bool(change.parts))

    @property
    def _asked(self) -> Asked:
        assert self._wanted is not None
        return self._wanted[2]

    def _rows(self, told: Told) -> Iterator[Row]:
        change = told.change
        places, printed = change.result.indicator.places, change.printed
        for kind, amount in printed.items():
            if kind == BASIS:
                yield Row((Cell(kind, bold=True), Cell(signed(amount, places), True, bold=True)), kind)
                for part in change.basis:
                    yield Row(
                        (Cell(part.words, indent=1, tip=part.words), Cell(signed(part.amount, places), True)), part
                    )
                continue
            movers = change.of(kind)
            head = Cell(kind, bold=True, note=f"{len(movers):,} 个")
            yield Row((head, Cell(signed(amount, places), True, bold=True)), kind)
            for each in movers[:TOP]:
                name = told.names[each.ledger, each.row].title
                title = name.name or name.key
                cells = Cell(title, indent=1, tip=f"{title} {name.key}"), Cell(signed(each.amount, places), True)
                yield Row((*cells, Cell(each.why, ink="secondary", tip=each.why)), each)
            if rest := sum(each.amount for each in movers[TOP:]):
                words = f"另外 {len(movers) - TOP:,} 个"
                yield Row((Cell(words, indent=1, ink="secondary"), Cell(signed(rest, places), True)), f"{kind}…")
        if printed:
            assert change.result.difference is not None
            yield Row((Cell("剩余", ink="secondary"), Cell("0", True, "secondary")), "剩余")
            yield Row(
                (Cell("合计", bold=True), Cell(signed(change.result.difference, places), True, bold=True)), "合计"
            )

    def _go(self, of: object) -> None:
        """To the row of a record: where it is only last year's, in that year."""
        if not isinstance(of, Mover) or self._wanted is None:
            return
        figure, asked = self._wanted[1:]
        ledger = BY_ID[of.ledger]
        values = [node.value for node in figure.sets if node.ledger == ledger.id and node.value is not None]
        field = next((value.field.id for value in values if isinstance(value, FormulaCell)), "")
        field = field if field in ledger.by_id else ""
        go_to(self.session, ledger, of.row, field, asked.period.back() if of.past else asked.period)

    def write_down(self) -> None:
        """Write the explanation: shown here, on the clipboard, and kept for the audit."""
        if self.told is None or self._wanted is None or self.told.change.why:
            return
        asked, each = self._asked, self.told.change.result.indicator
        text = explanation(self.told.change, self.told.names, asked.period)
        self.text.setText(text)
        self.text.show()
        QGuiApplication.clipboard().setText(text)
        seen = difference(self.told.change.result)
        if self.session.write(
            "说明",
            f"说明 {each.name} 的增减",
            lambda work: keep_written(work, asked.pack.id, asked.period, each.id, text, seen=seen),
            zone=asked.zone.code,
        ):
            self.session.said.emit("说明写好了，已复制；在审核里写说明时，“用写过的”里也有", "good")

    def ask_save(self) -> None:
        """Save the picture where the clerk says."""
        if self.told is None:
            return
        name = f"{self._asked.file_name}_{self.told.change.result.indicator.id}_增减.png"
        chosen, _ = QFileDialog.getSaveFileName(self, "存成图片", str(Path.home() / name), "图片 (*.png)")
        if chosen:
            self.save_to(Path(chosen if chosen.lower().endswith(".png") else f"{chosen}.png"))

    def save_to(self, path: Path) -> None:
        """Save the picture."""
        assert self.told is not None
        each = self.told.change.result.indicator
        unit = unit_of_change(each.unit)
        title = f"{self._asked.zone.name}　{self._asked.period.label}{each.name}比上年的增减（{unit}）"
        if self.picture.save(path, title):
            self.session.said.emit(f"已存：{path}", "good")
        else:
            self.session.said.emit(f"没有存成，请换一个地方：{path}", "error")


def _bars(change: Change, asked: Asked) -> Iterator[Bar]:
    result = change.result
    places = result.indicator.places
    assert result.rounded is not None
    assert result.rounded_prior is not None
    yield Bar(asked.period.back().label, result.rounded_prior, f"{result.rounded_prior:,f}", whole=True)
    for kind, amount in change.printed.items():
        yield Bar(SHORT.get(kind, "两年都有"), amount, signed(amount, places))
    yield Bar(asked.period.label, result.rounded, f"{result.rounded:,f}", whole=True)
