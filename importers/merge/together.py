"""Several files in one go: every form in them, one preview over all ledgers, one batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from importers.forms import Came, joined, read_forms
from importers.joined import JoinedGrid
from importers.merge import told
from importers.merge.apply import Applied, writing
from importers.merge.build import planning
from importers.merge.entries import Entries, Entry, entries
from importers.merge.plan import CONFLICT, SAME, Cell, Counts, Plan
from importers.progress import Progress, Steps
from importers.reading import UnreadableFile
from models.ledger import Ledger
from models.store.batches import batch
from models.store.file import DataFile

TABLES = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".et", ".txt"))
_PARTS = 1_000  # no plan has so many: a field's place tells the plan by the thousands


class NothingBack(Exception):
    """None of the files holds a form of ours; the message is one Chinese sentence."""


@dataclass(frozen=True)
class Left:
    """A file, or a part of it, that is not taken in: its name and why, with what to do."""

    file: str
    why: str


class Together:
    """The plans of all forms, shown and written as one."""

    def __init__(
        self, plans: Sequence[Plan], left: Sequence[Left], files: Sequence[Path], places: Sequence[tuple[str, str]] = ()
    ) -> None:
        self.plans, self.left, self.files, self.places = tuple(plans), tuple(left), tuple(files), tuple(places)

    @property
    def name(self) -> str:
        """What is imported, in a word or two."""
        return self.files[0].name if len(self.files) == 1 else f"{len(self.files)} 个文件"

    @property
    def counts(self) -> Counts:
        """The counts of all plans."""
        each = [plan.counts for plan in self.plans]
        return Counts(**{one.name: sum(getattr(counts, one.name) for counts in each) for one in fields(Counts)})

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what is not taken in."""
        own = [note for plan in self.plans for note in plan.table.notes]
        return (*(f"“{one.file}”{one.why}" for one in self.left), *own)

    @property
    def disputes(self) -> list[Cell]:
        """The fields to be decided."""
        return [_shift(cell, n) for n, plan in enumerate(self.plans) for cell in plan.disputes]

    def keeps(self, cell: Cell) -> bool:
        """Whether the ledger's value of a field stays."""
        plan, own = self._own(cell)
        return plan.keeps(own)

    def choose(self, cell: Cell, *, take_file: bool) -> None:
        """Take the file's value of a disputed field, or keep the ledger's."""
        plan, own = self._own(cell)
        plan.choose(own, take_file=take_file)

    def take_all(self) -> None:
        """Take the file's value of every disputed field."""
        for plan in self.plans:
            plan.take_all()

    def _own(self, cell: Cell) -> tuple[Plan, Cell]:
        number, part = divmod(cell[0], _PARTS)
        return self.plans[number], (part, *cell[1:])

    def entries(self, kind: str) -> Entries:
        """The lines of one kind, those of one ledger after another."""
        found = [entries(plan, kind) for plan in self.plans]

        def make(line: int, at: int) -> Entry:
            entry = found[line][at]
            ledger = self.plans[line].ledger.label
            named = ledger if kind == SAME else f"{entry.field}（{ledger}）" if entry.field else ledger
            cell = None if entry.cell is None else _shift(entry.cell, line)
            return Entry(entry.kind, entry.record, named, entry.now, entry.after, entry.place, cell)

        filled = [number for number, each in enumerate(found) if len(each)]
        return Entries(filled, [len(found[number]) for number in filled], make)

    def lines(self) -> Iterator[str]:
        """All there is to tell besides the counts, a line each."""
        yield from self.notes
        for plan in self.plans:
            yield from told.lines(plan)

    def to_json(self) -> dict[str, object]:
        """For commands."""
        return {
            "files": [path.name for path in self.files],
            "left": [{"file": one.file, "why": one.why} for one in self.left],
            "ledgers": [
                {
                    "ledger": plan.ledger.label,
                    "period": str(plan.matching.period or ""),
                    **{one.name: getattr(plan.counts, one.name) for one in fields(Counts)},
                }
                for plan in self.plans
            ],
            "conflict_fields": [
                {"place": one.place, "record": one.record, "field": one.field, "now": one.now, "after": one.after}
                for one in self.entries(CONFLICT)
            ],
            "notes": list(self.notes),
        }


def _shift(cell: Cell, plan: int) -> Cell:
    return cell[0] + plan * _PARTS, cell[1], cell[2]


def files_in(paths: Sequence[Path]) -> tuple[list[Path], list[Left]]:
    """The tables among files and folders (one level down too), and the other files; what Excel leaves while open is none."""
    found: list[Path] = []
    left: list[Left] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for each in inside:
            if each.is_dir() or each.name.startswith(("~$", ".")):
                continue
            if each.suffix.lower() in TABLES:
                found.append(each)
            else:
                left.append(Left(each.name, "不是表格，没有导入；如果是压缩包，请先解压"))
    return list(dict.fromkeys(found)), left


def gathering(
    file: DataFile, paths: Sequence[Path], zone: str, zone_name: str, only: Ledger | None = None
) -> Steps[Together]:
    """Read all files and plan them together. Raises NothingBack when there is no form of ours among them."""
    tables, left = files_in(paths)
    names = [path.name for path in tables]
    came: list[Came] = []
    for number, path in enumerate(tables):
        yield Progress(number, len(tables), f"读“{path.name}”（{number + 1} / {len(tables)}）")
        called = path.name if names.count(path.name) == 1 else f"{path.parent.name}/{path.name}"
        try:
            one = read_forms(path, zone, zone_name, called)
        except UnreadableFile as fault:
            left.append(Left(called, f"没有读：{fault}"))
            continue
        if one.problem:
            left.append(Left(called, one.problem))
        if only is not None and (other := [each for each in one.sheets if each.about.ledger is not only]):
            told_others = "、".join(dict.fromkeys(f"“{each.about.ledger.label}”" for each in other))
            left.append(Left(called, f"里{told_others}的表没有导入：这次只导入“{only.label}”"))
            one.sheets = [each for each in one.sheets if each not in other]
        if one.sheets:
            came.append(one)
    if not came:
        why = left[0] if len(left) == 1 else None
        raise NothingBack(
            f"“{why.file}”{why.why}"
            if why
            else f"{len(left)} 个文件里没有本程序发出的{f'“{only.label}”' if only else ''}表，请确认选对了文件夹"
        )
    plans, places = list[Plan](), list[tuple[str, str]]()
    for table in joined(came):
        assert isinstance(table.grid, JoinedGrid)
        places += table.grid.sheets
        if table.matching.problem:
            left.append(Left(table.path.name, f"：{table.matching.problem}"))
            continue
        plans.append((yield from planning(file, table, zone)))
    if not plans:
        raise NothingBack(f"“{left[-1].file}”{left[-1].why}")
    return Together(plans, left, [one.path for one in came], places)


def applying_all(file: DataFile, whole: Together) -> Steps[Applied]:
    """Write all plans as one batch 导入, so one undo. Closing the steps before the end leaves the file as it was."""
    source = {"file": whole.name, "files": whole.places}
    with batch(file, whole.plans[0].zone, "导入", f"导入 {whole.name}", source) as work:
        for plan in whole.plans:
            yield from writing(work, plan)
        yield Progress(1, 1, "写历史，存盘")
    return Applied(work.no, whole.counts)
