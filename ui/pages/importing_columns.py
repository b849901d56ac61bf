"""The file beside the fields: each of its columns, what it is taken for, how that was found out; every one can be changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent

from importers.matching import Match, Matching
from importers.matching.match import ASK, IGNORED
from importers.matching.targets import targets
from models.pinyin import spell
from models.text import fold
from ui.choices import Choices
from ui.composing import ask_first
from ui.ends import Ends
from ui.names import Option
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row
from ui.widgets import Card, Shrinking, TextLine, label

LEAST = 118  # heading and three columns of the file, however low the window
HEADS = [
    Head("文件里的列", width=260), Head("", width=40), Head("台账字段", width=200), Head("怎么认出来的", width=250), Head("", width=360),
]  # fmt: skip
FIELD = 2
IGNORE = "— 忽略 —"


class Columns(Card):
    """``changed(matching)``: a column was taken for something else."""

    changed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.matching: Matching | None = None
        self.session = session
        self.summary = label("", "secondary")
        head = Ends(across=12)
        head.left(label("列对上了哪个字段", "strong"))
        head.left(self.summary)
        head.right(Shrinking("点“台账字段”或按回车可改；下次同样标题的文件自动这样对", "note"))
        self.list = Lines(session.look, stretch=4)
        self.rows.addLayout(head)
        self.rows.addWidget(self.list)
        self.picker = Picker(self.list, session)
        self.list.clicked.connect(lambda index: self._open() if index.column() == FIELD else None)
        self.list.wanted.connect(lambda _: self._open())
        self.picker.picked.connect(self._take)

    def put(self, matching: Matching) -> None:
        """Show another matching."""
        self.matching = matching
        shown = [one for one in matching.columns if not one.column.serial]
        asked = sum(_asks(one) for one in shown)
        ignored = sum(one.how == IGNORED for one in shown)
        parts = [f"{len(shown) - asked - ignored} 列已认出", f"{asked} 列请确认", f"{ignored} 列忽略"]
        self.summary.setText(f"{len(shown)} 列：" + "，".join(part for part in parts if not part.startswith("0 ")))
        self.list.put(HEADS, [_line(one) for one in shown], lambda one: one.column.index)  # type: ignore[attr-defined]
        around, whole = self.session.look.px(58), self.list.whole_height()
        self.setMaximumHeight(whole + around)
        self.setMinimumHeight(min(whole, self.session.look.px(LEAST)) + around)

    def _open(self) -> None:
        one = self.list.current()
        if self.matching is not None and isinstance(one, Match):
            at = self.list.lines.index(self.list.currentIndex().row(), FIELD)
            self.picker.open(self.matching, self.list.visualRect(at))

    def _take(self, place: int) -> None:
        one = self.list.current()
        if self.matching is not None and isinstance(one, Match):
            known = targets(self.matching.ledger)
            self.put(self.matching.choose(one.column.index, known[place] if place >= 0 else None))
            self.changed.emit(self.matching)
        self.list.setFocus()


class Picker(TextLine):
    """A field over a cell with the list of what a column can be; ``picked(place)`` in the ledger's targets, -1 for 忽略."""

    picked = Signal(int)

    def __init__(self, over: Lines, session: Session) -> None:
        super().__init__(name="台账字段")
        self.setParent(over.viewport())
        self.setObjectName("cell")
        self.hide()
        self._over = over
        self._options: list[Option] = []
        self.choices = Choices(self, session.look, self._search)
        self.choices.on_taken = self._took
        self.installEventFilter(self)
        ask_first(self)

    def open(self, matching: Matching, rect: QRect) -> None:
        """Offer what columns of this ledger can be."""
        ledger = matching.ledger
        self._options = [Option("-1", IGNORE)]
        for place, target in enumerate(targets(ledger)):
            detail = "" if target.ledger is ledger else target.ledger.label
            self._options.append(Option(str(place), target.label, detail))
        self.setGeometry(rect)
        self.clear()
        self.setPlaceholderText("字段名或拼音首字母")
        self.show()
        self.setFocus()
        self.choices.open()

    def _search(self, text: str) -> list[Option]:
        word = fold(text)
        fits = (option for option in self._options if not word or _fits(word, option.text))
        return sorted(fits, key=lambda option: not fold(option.text).startswith(word)) if word else list(fits)

    def _took(self, option: Option) -> None:
        self.hide()
        self.picked.emit(int(str(option.value)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            marked = self.choices.marked() or self.choices.taken
            if marked is not None:
                self._took(marked)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._over.setFocus()
            return True
        return False


def _fits(word: str, name: str) -> bool:
    if word in fold(name):
        return True
    full, initials = spell(name) if word.isascii() else ("", "")
    return initials.startswith(word.lower()) or full.startswith(word.lower())


def _asks(one: Match) -> bool:
    """Whether a person should look: nothing was found, it is only like, or units are converted."""
    return one.how == ASK or one.how.startswith("像") or (one.target is not None and one.factor != 1)


def _line(one: Match) -> Row:
    how = one.how if one.factor == 1 or not one.note else f"{one.how} · {one.note}"
    tone = "plain" if one.how == IGNORED else "warning" if _asks(one) else "good"
    converted = one.target is not None and one.factor != 1
    note = "单位换算，请确认" if converted else "请确认" if one.how.startswith("像") and not one.note else one.note
    cells = (
        Cell(f"{one.column.letter} {one.column.label}", tip=one.column.raw),
        Cell("→", ink="secondary"),
        Cell(one.target.label if one.target else IGNORE, bold=True, ink="text" if one.target else "secondary"),
        Cell(how, chip=tone),
        Cell(note, ink="secondary", tip=note),
    )
    return Row(cells, one)
