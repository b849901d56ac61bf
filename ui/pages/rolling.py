"""提取上年数: what would be carried into the year, who came and who left, before anything is written; then one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout

from models.ledger import Ledger
from models.periods import Period
from models.rolling import CAME, GONE, LEFT, Moved, Rolled, Turn, roll, standing, turns
from models.store.backup import BEFORE_ROLL, automatic
from models.store.carried import Unconfirmed, unconfirmed
from models.store.titles import Title, titles
from ui.asking import go_to, page_of
from ui.page import PageWidget
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import Notice, PageHeader, label, link, row
from ui.worker import Task

WHAT = (
    "上年末在册、本年还没有的，各带入一行：状态照上年，待确认；当年的数不带；已有的行不动。"
    "名录本身（企业、宗地、项目…）各年共用，不用带。"
)
MOST = 1000  # movements listed; the command roll lists them all
TONES = {CAME: "good", LEFT: "warning", GONE: "plain"}
LEDGERS = [
    Head("台账", width=130), Head("上年末在册", width=90, right=True), Head("本年已有", width=84, right=True),
    Head("将带入", width=84, right=True), Head("新增", width=70, right=True), Head("本年退出", width=84, right=True),
    Head("本年末在册", width=90, right=True), Head("还没有确认", width=96, right=True),
]  # fmt: skip
MOVES = [Head("变动", width=96), Head("名称", width=240), Head("代码", width=180), Head("原因", width=200)]


@dataclass(frozen=True)
class Seen:
    """One ledger between the two years, with the names of the records that moved and what is still to be confirmed."""

    turn: Turn
    names: Mapping[bytes, Title]
    open: Unconfirmed | None


class RollingPage(PageWidget):
    """Nothing is written before the button is pressed."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.seen: list[Seen] = []
        self.issued = ""
        self._task: Task | None = None
        self.header = PageHeader("提取上年数")
        self.go = self.header.add("", self.roll, primary=True)
        self.notice = Notice("", "", "warning")
        self.first = row(spacing=14)
        self.ledgers = Lines(session.look, stretch=0)
        self.what = label("", "strong")
        self.moves = Lines(session.look, stretch=1, drop=(2,))
        self._place()
        self.ledgers.chosen.connect(self._show_moves)
        self.ledgers.wanted.connect(self._open)
        self.moves.wanted.connect(self._open_row)
        session.scope_changed.connect(self._look_again)
        session.data_changed.connect(lambda _: self._look_again())

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(self.header)
        outer.addWidget(label(WHAT, "secondary", wrap=True))
        self.first.addWidget(link("把上年的名录、报表导入成上年的数…", self._import_last))
        self.first.addStretch(1)
        self.notice.rows.addLayout(self.first)
        outer.addWidget(self.notice)
        self.box = boxed(self.ledgers)
        outer.addWidget(self.box)
        outer.addWidget(self.what)
        outer.addWidget(boxed(self.moves), 1)

    def arrive(self, where: Mapping[str, object]) -> None:
        self._look()
        self.ledgers.setFocus()

    # --- what there is

    @property
    def year(self) -> int:
        """The year carried into."""
        return self.session.period.year

    def _look_again(self) -> None:
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        zone, year = self.session.zone, self.year
        with self.session.file.reading() as connection:
            open_ = {each.ledger: each for each in unconfirmed(connection, [zone], year)}
            self.issued = standing(connection, zone, year)
            self.seen = [
                Seen(turn, titles(connection, turn.ledger, [each.row for each in turn.moved]), open_.get(turn.ledger))
                for turn in turns(connection, zone, year)
            ]
        self._show()

    def _show(self) -> None:
        year, rows = self.year, sum(len(each.turn.carry) for each in self.seen)
        self.header.fact.setText(f"{year - 1}年 → {year}年")
        self.go.setText(f"{'仍然' if self.issued and rows else ''}带入 {rows:,} 行" if rows else "没有要带入的")
        self.go.setEnabled(bool(rows) and self._task is None and not self.session.file.read_only)
        self.go.setMinimumWidth(self.go.sizeHint().width())
        none = not any(each.turn.last for each in self.seen)
        if none:
            said = f"{year - 1}年没有数。第一年从期初数开始：把上年的名录、报表导入成{year - 1}年，或在{year - 1}年的表里直接填。"
        else:
            said = self.issued if rows else ""
        self.notice.text.setText(said)
        self.notice.setVisible(bool(said))
        self.first.itemAt(0).widget().setVisible(none)
        self.ledgers.put(LEDGERS, [_row(each) for each in self.seen], lambda of: of.turn.ledger.id)  # type: ignore[attr-defined]
        self.box.setFixedHeight(self.ledgers.whole_height() + 2)
        if self.ledgers.current() is None:
            moved = next((n for n, each in enumerate(self.seen) if each.turn.moved), 1)
            self.ledgers.select(moved)
        self._show_moves(self.ledgers.current())

    def _show_moves(self, of: object) -> None:
        if not isinstance(of, Seen):
            return
        turn = of.turn
        parts = [
            f"{how} {'、'.join(f'{why} {count:,}' for why, count in turn.reasons(how).most_common())}"
            for how in (CAME, LEFT, GONE)
            if turn.of(how)
        ]
        self.what.setText(
            f"{turn.ledger.label}：{'；'.join(parts)}" if parts else f"{turn.ledger.label}：没有新增、退出"
        )
        rows = [_move(of, each) for each in turn.moved[:MOST]]
        self.moves.put(MOVES, rows, lambda moved: moved.row)  # type: ignore[attr-defined]

    # --- what the clerk does

    def roll(self) -> None:
        """Carry the rows over, in the background; the file is backed up before."""
        session, zone, year, issued = self.session, self.session.zone, self.year, bool(self.issued)

        def work() -> Rolled:
            automatic(session.file.path, BEFORE_ROLL)
            return roll(session.file, zone, year, issued=issued)

        self._task = task = Task(self, work)
        self.go.setEnabled(False)
        task.done.connect(self._rolled)
        task.failed.connect(self._failed)
        task.start()

    def _rolled(self, done: Rolled) -> None:
        self._task = None
        self.session.note_written()
        self._look()
        self.session.said.emit(f"带入了 {done.rows:,} 行，请核对后确认（Ctrl+Z 一步撤销）", "good")

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._look()
        self.session.said.emit(str(error), "error")

    def _open(self, of: object) -> None:
        """To the ledger's page, where there is something to confirm only to that."""
        if isinstance(of, Seen):
            there = {"carried": True, "row": of.open.first, "field": of.open.field} if of.open else {}
            self.session.go(page_of(of.turn.ledger), **there)

    def _open_row(self, moved: object) -> None:
        of = self.ledgers.current()
        if isinstance(moved, Moved) and isinstance(of, Seen):
            year = self.year - 1 if moved.how == GONE else self.year
            go_to(self.session, of.turn.ledger, moved.row, _said_in(of.turn.ledger, moved.how), Period(year))

    def _import_last(self) -> None:
        self.session.show_scope(period=Period(self.year - 1))
        self.session.go("importing", ledger="enterprise")


def _said_in(ledger: Ledger, how: str) -> str:
    """The field that says how a record came or left."""
    rolls = ledger.rolls
    assert rolls
    return rolls.entered if how == CAME else next(iter(rolls.left), "")


def _row(of: Seen) -> Row:
    turn = of.turn
    counts = (turn.last, turn.stayed, len(turn.carry), len(turn.of(CAME)), len(turn.of(LEFT)), turn.end)
    cells = [Cell(f"{count:,}" if count else "—", True, "text" if count else "secondary") for count in counts]
    cells[2] = Cell(cells[2].text, True, "accent" if turn.carry else "secondary", bold=bool(turn.carry))
    open_ = Cell(f"{of.open.rows:,} 行", True, "warning") if of.open else Cell("—", True, "secondary")
    return Row((Cell(turn.ledger.label), *cells, open_), of)


def _move(of: Seen, each: Moved) -> Row:
    named = of.names.get(each.row, Title("", ""))
    key = named.key if named.key != named.name else ""
    return Row(
        (Cell(each.how, chip=TONES[each.how]), Cell(named.name), Cell(key, ink="secondary"), Cell(each.why)), each
    )
