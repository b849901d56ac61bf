"""Making a plan: columns converted, rows placed and grouped, records compared with the ledger."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from importers.matching.targets import has_directory
from importers.merge.filled import OLD_CODE, Filled, fill
from importers.merge.grouping import Groups, group, put_together
from importers.merge.links import known_records, referred, resolve
from importers.merge.parts import Part
from importers.merge.places import Directory, Placed, described, place
from importers.merge.plan import Fault, Plan
from importers.merge.sent import as_sent, settle
from importers.merge.table import Table
from importers.merge.times import of_each, row_periods
from importers.progress import Progress, Steps
from models.columns import MARK
from models.kinds import Stored
from models.ledger import Ledger
from models.ledgers.zone import ZONE
from models.periods import Period
from models.store.file import DataFile
from models.store.merging import Present, reading

_CODE = "code"  # 开发区代码


def planning(file: DataFile, table: Table, zone: str) -> Steps[Plan]:
    """The plan of importing a table into ``zone``; nothing is written."""
    with reading(file, zone) as store:
        builder = _Builder(store, table)
        yield from builder.read()
        yield Progress(len(table.matching.matched), len(table.matching.matched) + 1, "对照台账")
        return builder.plan()


class _Builder:
    """The steps of one plan and what they hand on."""

    def __init__(self, store: Present, table: Table) -> None:
        self.store, self.table, self.grid, self.matching = store, table, table.grid, table.matching
        self.ledger, self.rows = self.matching.ledger, self.matching.heading.data
        self.filled: list[Filled] = []
        self.links: dict[str, Filled] = {}
        self.faults: dict[int, Fault] = {}
        self.known: dict[str, Directory] = {}

    def read(self) -> Steps[None]:
        """Convert the columns; find the records that references mean."""
        columns = [one for one in self.matching.matched if one.target and one.target.field]
        cells = [self.grid.rows[row] for row in self.rows]
        for done, match in enumerate(columns):
            yield Progress(done, len(columns) + 1, f"读“{match.column.label}”")
            self._take(fill(cells, match))
        for link in self.ledger.links:
            told = [one for one in self.filled if one.target.field is link]
            if told:
                self.filled = [one for one in self.filled if one.target.field is not link]
                found = resolve(link, told, self._records(referred(link)), len(self.rows))
                self.links[link.id] = found
                self._refuse(found.index, found.cells.destroyed)

    def plan(self) -> Plan:
        """Place the rows, put those of one record together, compare with the ledger."""
        base = row_periods(self.grid, self.rows, self.matching)
        if base:
            index = next(one.column.index for one in self.matching.matched if one.target and one.target.part)
            self._refuse(index, {row: told for row, told in enumerate(base) if isinstance(told, str)})
        placed = self._placed() if has_directory(self.ledger) else None
        groups = group(placed.keys() if placed else self._keys(base))
        told = [base[row] for row in groups.first] if base else [self.matching.period] * len(groups.first)
        parts = self._parts(groups, [period for period in told if isinstance(period, Period)], single=base is None)
        numbers = [key for key in groups.keys if isinstance(key, int)]
        owners: list[bytes | None] = [placed.directory.records[number].id for number in numbers] if placed else []
        for part in parts:
            # rows of a year stand beside the main ledger's, whichever way those were found
            part.compare(self.store, (owners or parts[0].rows) if part.owner else owners, len(groups.first))
            for record, ids in part.doubled.items():
                self._double(part.ledger, groups.rows(record), ids)
        if self.table.sent:
            settle(self.table.sent, parts, groups, self.rows, self._names())
        titles = self._titles(groups, placed, parts[0])
        filled = [*self.links.values(), *self.filled]
        return Plan(self.table, self.store.zone, filled, groups, parts, self.faults, titles, self._names())

    def _take(self, columns: list[Filled]) -> None:
        """Add columns; 注册号 found among the codes fill the gaps of the column they have of their own."""
        for new in columns:
            same = next((one for one in self.filled if one.target.key == new.target.key), None)
            if same is None or new.field.id != OLD_CODE:
                self.filled.append(new)
                continue
            own, other = (same, new) if same.index != new.index else (new, same)
            for row, value in enumerate(other.cells.stored):
                own.cells.stored[row] = own.cells.stored[row] or value

    def _records(self, ledger: Ledger) -> Directory:
        if ledger.id not in self.known:
            self.known[ledger.id] = known_records(self.store, ledger)
        return self.known[ledger.id]

    def _refuse(self, index: int, sentences: dict[int, str]) -> None:
        for row, sentence in sentences.items():
            self.faults.setdefault(row, Fault(index, sentence))

    def _double(self, ledger: Ledger, rows: Sequence[int], ids: Sequence[bytes]) -> None:
        names = "、".join(f"“{title}”" for title in self.store.titles(ledger, ids[:2]))
        told = f"“{ledger.label}”里有 {len(ids)} 条记录对得上这一行：{names}，请先在台账里只留一条"
        self._refuse(self._column(ledger.key[0]), dict.fromkeys(rows, told))

    def _column(self, name: str) -> int:
        """The column of the grid that fills a field; the first matched one when none does."""
        found = self.links.get(name) or next((one for one in self.filled if one.field.id == name), None)
        return found.index if found else self.matching.matched[0].column.index

    def _placed(self) -> Placed:
        """The rows of a file of the ledger itself, placed by code, 注册号 or name."""
        code, name = self.ledger.key[0], self.ledger.title[0]
        blank: list[Stored] = [None] * len(self.rows)
        own = {one.field.id: one for one in self.filled if one.target.ledger is self.ledger}
        names = (code, OLD_CODE, name)
        columns = [own[one].cells.stored if one in own else blank for one in names]
        rows = [described(*cells) for cells in zip(*columns, strict=True)]
        if self.table.sent:
            rows = as_sent(self.table.sent, self.rows, rows, [own.get(one) for one in names])
        self._refuse(self._column(code), own[code].cells.destroyed if code in own else {})
        placed = place(self._records(self.ledger), rows, self.faults)
        self._refuse(self._column(code if code in own else name), placed.faults)
        return placed

    def _keys(self, base: Sequence[Period | str] | None) -> Sequence[Hashable]:
        """Each row's key, with its period where rows have their own; None for rows that cannot be placed."""
        stored = {one.field.id: one.cells.stored for one in (*self.filled, *self.links.values())}
        columns = [stored[name] for name in self.ledger.key if name in stored]
        keys: list[Hashable] = [*zip(*columns, strict=True)] if columns else [()] * len(self.rows)
        self._refuse_blank(keys, [name for name in self.ledger.key if name in stored])
        if self.ledger is ZONE and self.table.sent:  # a table that is not ours is refused whole: it is of another zone
            self._refuse_others(stored[_CODE])
        if base:
            keys = [*zip(keys, of_each(base, str), strict=True)]
        for row in self.faults:
            keys[row] = None
        return keys

    def _refuse_blank(self, keys: Sequence[Hashable], names: Sequence[str]) -> None:
        """Refuse the rows that say nothing of their key, or not whose they are: a merged cell is said once in a CSV."""
        blank = (None,) * len(names)
        if names and blank in keys:
            labels = "、".join(self.ledger.by_id[name].label for name in self.ledger.key)
            told = f"没有填“{labels}”，不知道是哪条记录，请补上后再导入"
            self._refuse(self._column(self.ledger.key[0]), {row: told for row, key in enumerate(keys) if key == blank})
        for link in (link for link in self.ledger.links if link.id in names):
            cells = self.links[link.id].cells.stored
            told = f"没有填“{link.label}”，不知道是哪条记录，请补上后再导入"
            self._refuse(self._column(link.id), {row: told for row, cell in enumerate(cells) if cell in {None, MARK}})

    def _refuse_others(self, codes: Sequence[Stored]) -> None:
        """Refuse what was added to our form of 开发区: the store keeps one row there, of the zone imported into."""
        told = f"这一行的开发区代码不是 {self.store.zone}，没有导入：写错了请改回来，别的开发区请另外新建"
        others = {row: told for row, code in enumerate(codes) if code is not None and code != self.store.zone}
        self._refuse(self._column(_CODE), others)

    def _parts(self, groups: Groups, periods: Sequence[Period], *, single: bool) -> list[Part]:
        """The columns by ledger and period; ``periods`` are the records', ``single`` when they are all the import's."""
        keys = [one for one in (*self.links.values(), *self.filled) if one.field.id in self.ledger.key]
        found: dict[Hashable, Part] = {}
        for one in (*self.links.values(), *self.filled):
            target = one.target
            if self._is_key(one):
                continue
            fixed = self._fixed(one, single=single)
            part: Hashable = (target.ledger.id, fixed or target.back)
            if part not in found:
                owner = target.ledger.key[0] if target.ledger is not self.ledger else ""
                found[part] = Part(target.ledger, [], _shifted(periods, fixed, target.back or 0), owner)
            found[part].columns.append(put_together(self.grid, self.rows, one, groups))
        if self.ledger.dated:
            for there in found.values():
                there.columns[:0] = [put_together(self.grid, self.rows, one, groups) for one in keys]
        return sorted(found.values(), key=lambda one: one.ledger is not self.ledger)

    def _is_key(self, one: Filled) -> bool:
        """Whether a column of a ledger with periods only tells which record a row is: every part has it."""
        return self.ledger.dated and (one.field.id in self.ledger.key or one.target.identifies)

    def _fixed(self, one: Filled, *, single: bool) -> Period | None:
        """The one period of a column's figures; None where each row has its own, or none at all."""
        if one.target.ledger is not self.ledger:
            return Period(self.matching.period.year) if self.matching.period else None
        if self.ledger.dated and (single or one.target.back is None):
            return one.target.period or self.matching.period
        return None

    def _titles(self, groups: Groups, placed: Placed | None, main: Part) -> Callable[[int], str]:
        """What each record is called."""
        if placed:
            records = [placed.directory.records[key] for key in groups.keys if isinstance(key, int)]
            return lambda record: records[record].called
        columns = {column.field.id: column for column in main.columns}
        shown = [columns[name] for name in (*self.ledger.title, *self.ledger.key) if name in columns]
        names = self._names()

        def title(record: int) -> str:
            value = next((value for column in shown if (value := column.values[record]) is not None), self.ledger.label)
            return names.get(value, "") if isinstance(value, bytes) else str(value)

        return title

    def _names(self) -> dict[bytes, str]:
        """What the records that references lead to are called."""
        return {one.id: one.called for known in self.known.values() for one in known.records if one.id}


def _shifted(periods: Sequence[Period], fixed: Period | None, back: int) -> Sequence[Period]:
    """The periods of a part's records: one for all, or the records' own, perhaps years earlier."""
    if fixed:
        return [fixed] * len(periods)
    return of_each(periods, lambda period: period.back(back)) if back else periods
