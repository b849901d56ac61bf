"""合并成一条: two selected rows that are one record; what belongs to either, what clashes, then one step."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex

from models.kinds import Reference, Stored
from models.ledger import Ledger, Time
from models.ledgers import BY_ID
from models.store.batches import Refused
from models.store.joining_rows import told_of
from models.store.journal import label_of
from models.store.rows import Rows
from models.store.titles import Title, titles
from models.store.uniting import Clash, Union, union_of, unite
from ui.pages.strips import Strip
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row
from ui.table.model import LedgerModel
from ui.table.view import Grid
from ui.widgets import Button, label

SHOWN = 6  # rows of the list before it scrolls
STAYS, GOES = 3, 4


class UniteStrip(Strip):
    """The row with the code stays, else the upper one; “对调” makes it the other."""

    def __init__(self, session: Session, model: LedgerModel, grid: Grid) -> None:
        super().__init__()
        self.session, self.model, self.grid = session, model, grid
        self.union: Union | None = None
        self.names: dict[bytes, Title] = {}
        self.told, self.effect = label("", "secondary", wrap=True), label("", "note", wrap=True)
        self.swap = Button("对调", self._swap)
        self.button = Button("合并成一条", self._unite, primary=True)
        self.list = Lines(session.look, stretch=STAYS, drop=(1,))
        self.list.setAccessibleName("两边都有数的项目")
        self.place(self.told, self.swap, self.button)
        self.under(self.effect)
        self.under(self.list)
        self.list.clicked.connect(self._clicked)
        self.list.wanted.connect(lambda clash: self._take(clash, not clash.take))
        model.modelReset.connect(self.close_strip)

    def open(self) -> bool:
        """Begin with the selected rows; False, after saying why, where they are not two that can be one."""
        base = self.model.view.base
        rows = sorted({i.row() for i in self.grid.selectionModel().selectedIndexes() if i.row() < self.model.known})
        if base.time is not Time.LASTING or self.session.file.read_only:
            why = self.session.file.notice or f"“{base.label}”的行不用合并：重复的删掉一行就行"
            self.session.said.emit(why, "error")
            return False
        if len(rows) != 2:
            self.session.said.emit(f"先选中同一个{base.label}的两行（按住 Ctrl 点第二行），再合并", "error")
            return False
        return self.begin(base, *(self.model.ids[row] for row in rows))

    def begin(self, ledger: Ledger, first: bytes, second: bytes) -> bool:
        """Weigh two rows of a ledger against each other; False, after saying why, where one is not there."""
        with self.session.file.reading() as connection:
            rows = Rows(connection, self.session.zone)
            keys = rows.values_of(ledger, [first, second], ledger.key)
        if None in keys.get(first, {}).values() and None not in keys.get(second, {}).values():
            first, second = second, first
        return self._weigh(ledger, first, second)

    def _weigh(self, ledger: Ledger, kept: bytes, gone: bytes) -> bool:
        try:
            with self.session.file.reading() as connection:
                self.union = union_of(connection, self.session.zone, ledger, kept, gone)
                self.names = titles(connection, ledger, {kept, gone})
        except Refused as error:
            self.session.said.emit(str(error), "error")
            return False
        self._say(self.union)
        self._fill()
        self.session.said.emit("", "")  # why it was refused a moment ago stands no longer
        return True

    def _say(self, union: Union) -> None:
        kept, gone = (_named(self.names[row]) for row in (union.kept, union.gone))
        self.told.setText(f"留下“{kept}”，“{gone}”并进来后移到回收站")
        moved = "、".join(f"{ledger.label} {rows} 行" for ledger, rows in union.moved.items())
        pairs = [ledger.label for ledger, _, _ in union.pairs[1:]]
        filled = sum(name != "carried" for values in union.fills.values() for name in values)
        unlike = [
            each.ledger.by_id[each.name].label
            for each in union.clashes
            if each.row == union.kept and each.name in each.ledger.key
        ]
        said = [
            f"两边的{'、'.join(unlike)}不一样，先看清是不是同一个" if unlike else "",
            f"改挂到它名下：{moved}" if moved else "",
            f"同一期两边都有的并成一行：{'、'.join(f'{each} {pairs.count(each)} 行' for each in dict.fromkeys(pairs))}"
            * bool(pairs),
            f"空着的补上 {filled} 格" if filled else "",
            self._renamed(union),
            f"下面 {len(union.clashes)} 格两边不一样，点一下选用哪个（✓ 为选用）"
            if union.clashes
            else "两边没有不一样的数",
        ]
        self.effect.setText("；".join(filter(None, said)) + "。一步撤销，两边的历史都还在。")

    def _renamed(self, union: Union) -> str:
        """What names the code that goes and names the one that stays from then on."""
        rows, code = union.renamed
        where = "、".join(dict.fromkeys(f"{ledger.label}的{ledger.by_id[name].label}" for ledger, name, _ in rows))
        return f"写着另一个代码的 {len(rows)} 格（{where}）改成 {code}" if rows else ""

    def _fill(self) -> None:
        union = self.union
        if union is None:
            return
        heads = [
            Head("台账", width=90), Head("报告期", width=90), Head("项目", width=150), Head("留下的一条", width=280),
            Head("并进来的一条", width=280),
        ]  # fmt: skip
        self.list.put(heads, [self._row(each) for each in union.clashes], id)
        self.list.setVisible(bool(union.clashes))
        shown = min(len(union.clashes), SHOWN)
        self.list.setFixedHeight(self.list.heading.height() + shown * self.list.rowHeight(0) + 2)

    def _row(self, clash: Clash) -> Row:
        sides = [(self._text(clash, clash.ours), not clash.take), (self._text(clash, clash.theirs), clash.take)]
        chosen = [Cell(f"✓ {text}" if on else text, ink="text" if on else "secondary", tip=text) for text, on in sides]
        name = label_of(clash.ledger, clash.name)
        return Row((Cell(clash.ledger.label), Cell(clash.period), Cell(name, tip=name), *chosen), clash)

    def _text(self, clash: Clash, value: Stored) -> str:
        kind = clash.ledger.by_id[clash.name].kind
        if isinstance(kind, Reference) and isinstance(value, bytes):
            with self.session.file.reading() as connection:
                return titles(connection, BY_ID[kind.ledger], {value})[value].name
        return told_of(clash.ledger, clash.name, value)

    def _clicked(self, index: QModelIndex) -> None:
        clash = self.list.lines.rows[index.row()].of
        if isinstance(clash, Clash) and index.column() in (STAYS, GOES):
            self._take(clash, index.column() == GOES)

    def _take(self, clash: Clash, theirs: bool) -> None:
        clash.take = theirs
        if self.union is not None:
            self._say(self.union)
        self._fill()

    def _swap(self) -> None:
        if self.union is not None:
            self._weigh(self.union.ledger, self.union.gone, self.union.kept)

    def _unite(self) -> None:
        union = self.union
        if union is None:
            return
        title = f"合并{union.ledger.label}：{_named(self.names[union.gone])} → {_named(self.names[union.kept])}"
        if self.session.write("合并", title, lambda work: unite(work, union), rows=len(union.pairs)):
            self.close_strip()
            self.session.said.emit(f"已并成一条（Ctrl+Z 一步撤销）：{self.names[union.kept].name}", "good")


def _named(title: Title) -> str:
    return " ".join(filter(None, (title.name, title.key)))
