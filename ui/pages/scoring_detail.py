"""Beside the scores: each item of one record with its base and points, and the smallest changes that would lift its class."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.kinds import decimal_of
from models.packs.schemes import DOWNWARD
from models.scoring import Left, Lift, Mark, Scored, Scores, lifts
from ui.ends import Ends
from ui.scrolled import Scrolled
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.theme import Look
from ui.widgets import Card, Chip, Shrinking, label

HEADS = [
    Head("项目", width=130), Head("值", width=90, right=True), Head("基准", width=80, right=True), Head("权重", width=54, right=True),
    Head("得分", width=66, right=True),
]  # fmt: skip
NEAREST = 3  # changes told, the smallest first


class Detail(QWidget):
    """The panel."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        card = Card()
        self.name, self.grade = Shrinking("", "strong"), Chip()
        self.why, self.lift = label("", "secondary", wrap=True), label("", wrap=True)
        self.lift.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = Ends()
        line.left(self.name)
        line.right(self.grade)
        card.rows.addLayout(line)
        card.rows.addWidget(self.why)
        self.list = Lines(look, stretch=0)
        self.list.setAccessibleName("各项得分")
        outer.addWidget(card)
        outer.addWidget(boxed(self.list), 1)
        lower = Card("怎样升一档")
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.lift)
        inside.addStretch(1)
        lower.rows.addWidget(Scrolled(inside))
        outer.addWidget(lower, 1)

    def show_one(self, found: Scores | None, of: Scored | Left | None) -> None:
        """Show another record (None: none)."""
        self.setVisible(of is not None)
        if of is None or found is None:
            return
        self.name.setText(f"{of.title.name} {of.title.key}".strip())
        if isinstance(of, Left):
            self.grade.put("不评", "plain")
            self.why.setText(f"没有参评：{of.reason}")
            self.list.put(HEADS, [])
            self.lift.setText("")
            return
        self.grade.put(of.grade, "accent")
        self.why.setText(_why(found, of))
        self.list.put(HEADS, [_row(mark) for mark in of.marks])
        self.lift.setText(_lifted(found, of))


def _why(found: Scores, of: Scored) -> str:
    if of.vetoes:
        return f"否决：{'、'.join(of.vetoes)}，在最后一档"
    if of.total is None:
        return "权重没有公开，只列数"
    gap = max((mark for mark in of.marks if mark.points is not None), key=_lost, default=None)
    worst = (
        f"；比权重少得最多的是{gap.item.name}（少 {decimal_of(_lost(gap), 2):,f} 分）" if gap and _lost(gap) > 0 else ""
    )
    return f"得 {decimal_of(of.total, 2):,f} 分，{len(found.scored):,} 家里第 {of.rank} 名{worst}"


def _lost(mark: Mark) -> Fraction:
    return (mark.item.weight or Fraction(0)) - (mark.points or Fraction(0))


def _row(mark: Mark) -> Row:
    item = mark.item

    def number(value: Fraction | None, places: int) -> str:
        return "—" if value is None else f"{decimal_of(value, places):,f}"

    marked = "（平均）" if mark.averaged else ""
    cells = (
        Cell(item.name, tip="\n".join(filter(None, (f"{item.name} {item.unit}".strip(), item.note, item.clause))), note=item.unit),
        Cell(number(mark.value, item.places), True), Cell(_plain(mark.base), True, "secondary"),
        Cell("—" if item.weight is None else f"{item.weight}", True, "secondary"),
        Cell(number(mark.points, 2) + marked, True, bold=True),
    )  # fmt: skip
    return Row(cells, mark)


def _lifted(found: Scores, of: Scored) -> str:
    names = [grade.name for grade in found.scheme.grades]
    if of.total is None or not names:
        return "不分档"
    if of.vetoes:
        return "先解决否决的事"
    if of.grade == names[0]:
        return "已在最好的一档"
    there = lifts(found, of.row)
    if not there:
        return "单改一项到不了上一档，几项要一起改"
    more = f"（另有 {len(there) - NEAREST} 项要改得更多）" if len(there) > NEAREST else ""
    return "\n".join([f"别的都不变，单改其中一项就到上一档{more}：", *map(_told, there[:NEAREST])])


def _told(lift: Lift) -> str:
    """“亩均税收 由 16.15 提高到 33.92 万元/亩（再增加 17.77），到 B 档”."""
    item = lift.item
    now, wanted = decimal_of(lift.now, item.places), decimal_of(lift.wanted, item.places)
    word, by = ("降到", "减少") if item.direction == DOWNWARD else ("提高到", "增加")
    unit = f" {item.unit}" if item.unit else ""
    return f"· {item.name} 由 {now:,f} {word} {wanted:,f}{unit}（再{by} {abs(wanted - now):,f}），到 {lift.grade} 档"


def _plain(base: Fraction | None) -> str:
    """A base as it is written: 24.097."""
    return "—" if base is None else f"{decimal_of(base, 6).normalize():,f}"
