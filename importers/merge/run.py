"""A whole import in one call, as the command line does it: the sheet that fits best, preview, write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from importers.merge import told
from importers.merge.apply import applying
from importers.merge.build import planning
from importers.merge.plan import Counts, Plan
from importers.merge.table import NotThisLedger, best_table
from importers.progress import finish
from models.ledger import Ledger
from models.periods import Period
from models.store.file import DataFile
from models.store.merging import reading

_REMARKS = {
    "returned_rows": told.returned,
    "conflict_fields": told.conflicts,
    "kept_cells": told.kept,
    "rounded_cells": told.rounded,
    "aside_rows": told.set_aside,
}


@dataclass(frozen=True)
class Result:
    """What an import did, or would do: ``batch`` is None when nothing was written; ``notes`` tell what could not be read."""

    plan: Plan
    batch: int | None
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> Counts:
        """How many rows met which fate."""
        return self.plan.counts

    @property
    def returned(self) -> int:
        """How many rows could not be placed; :func:`save_returned` gives them back."""
        return self.counts.returned

    def sentence(self) -> str:
        """The outcome in one line."""
        counts = self.counts
        parts = {
            "新增": counts.new, "更新": counts.updated, "相同": counts.same, "冲突": counts.conflicts, "退回": counts.returned,
            "并入": counts.merged,
        }  # fmt: skip
        done = f"已导入，第 {self.batch} 步（可一步撤销）" if self.batch else "没有写入"
        fates = "，".join(f"{name} {count}" for name, count in parts.items() if count)
        kept = f"；按原样保留并标红 {counts.kept} 格" if counts.kept else ""
        return f"“{self.plan.path.name}”{self.plan.grid.sheet} {counts.rows} 行：{fates or '没有数据行'}{kept}；{done}"

    def lines(self) -> Iterator[str]:
        """What else there is to tell, a line each."""
        yield from self.notes
        yield from told.lines(self.plan)

    def to_json(self) -> dict[str, object]:
        """For ``import --json``."""
        counts = asdict(self.counts)
        columns = [
            {
                "column": one.column.label,
                "target": one.target.label if one.target else None,
                "how": one.how,
                "note": one.note,
            }
            for one in self.plan.matching.columns
        ]
        return {
            "file": self.plan.path.name,
            "sheet": self.plan.grid.sheet,
            "ledger": self.plan.ledger.label,
            **{"kept_as_typed" if name == "kept" else name: value for name, value in counts.items()},
            "columns": columns,
            "notes": list(self.notes),
            **{name: [asdict(one) for one in find(self.plan)] for name, find in _REMARKS.items()},
            "batch": self.batch,
        }


def run_import(  # noqa: PLR0913 - each is an option of the command
    file: DataFile,
    path: Path,
    ledger: Ledger,
    zone: str,
    period: Period | None = None,
    *,
    sheet: str | None = None,
    dry_run: bool = False,
    take_file: bool = False,
) -> Result:
    """Import a file into a ledger. Raises UnreadableFile, NotThisLedger and the store's Refused, each with one sentence."""
    with reading(file, zone) as store:
        table = best_table(path, ledger, period, store, sheet)
    if table.matching.problem:
        raise NotThisLedger(f"“{path.name}”：{table.matching.problem}")
    plan = finish(planning(file, table, zone))
    if take_file:
        plan.take_all()
    return Result(plan, None if dry_run else finish(applying(file, plan)).batch, table.notes)
