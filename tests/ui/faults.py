"""Thirty planted faults of sixteen kinds, found and put right by keyboard alone.

``python -m tests.ui.faults OUTDIR`` plants them in the demonstration zone, walks from the first to the last and keeps pictures;
tests/ui/test_faults.py walks too.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

import dev
from models.audit import EXPLAIN, Finding
from models.kinds import Stored
from models.ledgers import BY_ID
from models.store.batches import Batch, batch
from models.store.file import DataFile
from models.store.rows import Rows, content_columns
from models.store.tables import table_of
from tests.ui.desk import Desk
from tests.ui.sample import NOW

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
ZONE, YEAR = "360701", NOW.year
WAN = 10_000  # what one of the shown unit is stored as: 万元, and rates
REASON = "二期产线本年3月投产，新增产能约{}万元，合同和发票已核对"
Row = dict[str, Stored]


@dataclass(frozen=True)
class Kind:
    """One kind of fault: the rule that sees it, how many are planted, on which rows, what is written there instead."""

    rule: str
    many: int
    ledger: str
    field: str
    spoil: Callable[[Row], Stored]
    such: Callable[[Row], object] = lambda row: True


@dataclass(frozen=True)
class Planted:
    """One of them: where it is and the text that puts it right, "" where it is true and wants an explanation."""

    rule: str
    ledger: str
    row: bytes
    field: str
    right: str


def _int(row: Row, name: str) -> int:
    value = row.get(name)
    return value if isinstance(value, int) else 0


def _text(row: Row, name: str) -> str:
    return str(row.get(name) or "")


def _turned(code: str) -> str:
    """A credit code with two neighbouring figures in the wrong order, as a hand does it."""
    at = next(n for n in range(2, 7) if code[n] != code[n + 1])
    return code[:at] + code[at + 1] + code[at] + code[at + 2 :]


KINDS = (
    Kind("P001", 2, "ent_period", "rev_main", lambda r: _int(r, "rev") + 8 * WAN, lambda r: r["rev_main"] and r["rev"]),
    Kind("P002", 2, "ent_period", "profit", lambda r: _int(r, "profit") + 90 * WAN, lambda r: _int(r, "profit") > 0),
    Kind("P003", 2, "ent_period", "assets", lambda r: _int(r, "assets") - 500 * WAN, lambda r: _int(r, "assets") > 900 * WAN),
    Kind("P004", 2, "ent_period", "fa_net", lambda r: _int(r, "fa_orig") + 3 * WAN, lambda r: r["fa_net"] and r["fa_orig"]),
    Kind("P007", 2, "ent_period", "export_deliv", lambda r: _int(r, "sales_val") + 5 * WAN, lambda r: _int(r, "export_deliv")),
    Kind("P013", 2, "ent_period", "rev", lambda r: _int(r, "rev") * 10, lambda r: _int(r, "rev") > 900 * WAN),
    Kind("P016", 2, "ent_period", "tax_paid_vat", lambda r: _int(r, "tax_paid") + 2 * WAN, lambda r: _int(r, "tax_paid_vat")),
    Kind("P018", 2, "ent_period", "tax_local", lambda r: _int(r, "tax_paid") + WAN, lambda r: _int(r, "tax_local")),
    Kind("P021", 2, "ent_period", "rd_emp", lambda r: _int(r, "emp_end") + 3, lambda r: _int(r, "rd_emp")),
    Kind("E001", 2, "enterprise", "uscc", lambda r: _turned(_text(r, "uscc")), lambda r: len(_text(r, "uscc")) == 18),
    Kind("E005", 2, "enterprise", "ent_name", lambda r: _text(r, "ent_name")[:2] + "　" + _text(r, "ent_name")[2:]),
    Kind("L006", 2, "parcel", "finish_due", lambda r: _int(r, "start_due") - WAN, lambda r: r["finish_due"] and r["start_due"]),
    Kind("L027", 1, "parcel", "price_paid", lambda r: _int(r, "price") + WAN, lambda r: r["price_paid"] and r["price"]),
    Kind("J003", 2, "project", "d_start", lambda r: _int(r, "d_done") + WAN, lambda r: r["d_done"] and r["d_start"]),
    Kind("Y008", 1, "zone_year", "ww_treated", lambda r: _int(r, "ww_gen") + WAN, lambda r: r["ww_treated"] and r["ww_gen"]),
)  # fmt: skip
GROWN = 2  # of these last year's revenue was half as much: true, and to be explained (P014)
THIRTY, SIXTEEN = sum(kind.many for kind in KINDS) + GROWN, len(KINDS) + 1


def plant(file: DataFile) -> list[Planted]:
    """Spoil a zone whose own faults have been put right; each fault on a record of its own."""
    planted: list[Planted] = []
    taken: set[object] = set()
    with batch(file, ZONE, "导入", "企业交来的表") as work:
        for kind in KINDS:
            ledger = BY_ID[kind.ledger]
            rows = (each for each in _rows(work, kind.ledger) if kind.such(each[1]) and _record(*each) not in taken)
            for _ in range(kind.many):
                row, values = next(rows)
                taken.add(_record(row, values))
                work.set(ledger, row, {kind.field: kind.spoil(values)})
                right = ledger.by_id[kind.field].kind.show(values[kind.field])
                planted.append(Planted(kind.rule, kind.ledger, row, kind.field, right))
        planted += _grown(work, taken)
    return planted


def _grown(work: Batch, taken: set[object]) -> Iterator[Planted]:
    economy = BY_ID["ent_period"]
    last = {values["ent"]: (row, values) for row, values in _rows(work, "ent_period", YEAR - 1)}
    steady = (
        (row, last[values["ent"]])
        for row, values in _rows(work, "ent_period")
        if values["ent"] in last and values["ent"] not in taken and _int(values, "rev") > 900 * WAN
    )
    for _ in range(GROWN):
        row, (before, values) = next(steady)
        work.set(economy, before, {"rev": _int(values, "rev") * 2 // 5})
        yield Planted("P014", "ent_period", row, "rev", "")


def _record(row: bytes, values: Row) -> object:
    """The enterprise a row is of, else itself."""
    return values.get("ent", row)


def _rows(work: Batch, ledger: str, year: int = YEAR) -> list[tuple[bytes, Row]]:
    """The rows of a ledger (of a year, where it has years) in the order they were made."""
    of = BY_ID[ledger]
    table = table_of(of)
    dated = [f"year = {year}"] * of.dated + ["form = 'Y'"] * ("form" in table.c)
    where = " AND ".join([f"zone_code = '{ZONE}'", *dated])
    ids = work.connection.exec_driver_sql(f'SELECT id FROM "{ledger}" WHERE {where} ORDER BY id').scalars().all()
    there = Rows(work.connection, ZONE).values_of(of, ids, content_columns(of))
    return [(id, there[id]) for id in ids]


class Walk:
    """From the verdict to the last finding, with nothing but keys."""

    def __init__(self, desk: Desk, planted: list[Planted], shoot: Callable[[QWidget, str], None]) -> None:
        self.desk, self._shoot = desk, shoot
        self.right = {(each.ledger, each.row, each.field): each for each in planted}
        self.fixed: Counter[str] = Counter()
        self.pictures = 0

    def shoot(self, name: str) -> None:
        """A picture of what is on show."""
        self.pictures += 1
        self._shoot(self.desk.window, f"{self.pictures:02}-{name}")

    def walk(self) -> None:
        """All of them."""
        self.press(Key.Key_K, Ctrl)
        self.desk.type("审核")
        self.press(Key.Key_Return)
        self.page = self.desk.window.current
        self.shoot("审核")
        while self.open:
            before = len(self.fixed_of)
            self.one()
            assert len(self.fixed_of) > before, [(each.rule.id, each.title.name, each.message) for each in self.open]
        self.press(Key.Key_K, Ctrl)
        self.desk.type("审核")
        self.press(Key.Key_Return)
        self.shoot("可以签发")

    @property
    def open(self) -> list[Finding]:
        """What still stands in the way."""
        return [each for each in self.desk.auditor.report.findings if each.open]

    @property
    def fixed_of(self) -> list[str]:
        """The rules of what was put right, one for each fault."""
        return list(self.fixed.elements())

    def one(self) -> None:
        """Go to the next one (F8) until it is one that was planted, what follows from others being passed over; put it right."""
        for _ in range(len(self.open) + 1):
            at = self.page.list.current()
            if self.desk.window.current is not self.page or not (isinstance(at, Finding) and at.open):
                self.press(Key.Key_F8)
            if self.desk.window.current is self.page:
                self.press(Key.Key_Return)
            finding = self.page.list.current()
            planted = self._of(finding)
            if planted is not None:
                break
        else:
            return
        if planted.right:
            self._type_over(planted)
        else:
            self._explain(finding)
        self.fixed[planted.rule] += 1
        del self.right[planted.ledger, planted.row, planted.field]

    def _of(self, finding: object) -> Planted | None:
        """The fault that the finding under the cursor is, None where it only follows from one."""
        if not isinstance(finding, Finding):
            return None
        return self.right.get((finding.ledger.id, finding.row, finding.fields[0]))

    def _type_over(self, planted: Planted) -> None:
        if self.fixed[planted.rule] == 0:
            self.shoot(f"{planted.rule}-查到")
        self.desk.type(planted.right)
        self.press(Key.Key_Return)
        if self.fixed[planted.rule] == 0:
            self.shoot(f"{planted.rule}-改好")

    def _explain(self, finding: object) -> None:
        assert isinstance(finding, Finding)
        assert finding.rule.level == EXPLAIN
        self.press(Key.Key_F7)
        self.desk.type(REASON.format(4000 + self.fixed["P014"]))
        if self.fixed["P014"] == 0:
            self.shoot("P014-写说明")
        self.press(Key.Key_Return, Ctrl)

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, and what it sets going done."""
        self.desk.press(key, modifier)


def put_in_order(path: Path) -> None:
    """The demonstration zone with its own faults put right, as the demonstration year does it."""
    # only commands; the window of the walk needs none of them
    from ui.commands.run import run_command

    assert run_command(["demo", "--data", str(path)]) == 0
    for command, *words in dev.CORRECTIONS:
        assert run_command([command, "--data", str(path), *words]) == 0


def main() -> None:
    """Walk and keep the pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # where the window has the keyboard whoever else is there
    # only when run by itself
    from tests.ui.shot_pages import Patience
    from tests.ui.shots import save
    from ui import fonts
    from ui.app import make_app, make_window
    from ui.theme import Look

    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    app = make_app()
    look = Look(fonts.load())
    look.apply()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "演示.db"
        put_in_order(path)
        with DataFile(path, who="录入员") as file:
            planted = plant(file)
            window = make_window(file, look, period=NOW, page="importing")
            window.resize(1180, 760)
            window.show()
            window.activateWindow()
            app.processEvents()
            desk = Desk(Patience(app), window, file)
            desk.turn("home")
            Walk(desk, planted, lambda widget, name: save(widget.grab(), out / f"{name}.png")).walk()
            window.close()


if __name__ == "__main__":
    main()
