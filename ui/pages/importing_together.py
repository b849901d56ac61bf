"""Forms that came back, on the page 导入: each file with what is in it, or why it stays out and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from importers.forms import is_form
from importers.joined import JoinedGrid
from importers.merge.together import Together, gathering
from importers.progress import Steps
from models.store.file import DataFile
from models.store.zones import pick
from ui.session import Session
from ui.table.cells import Cell, Head
from ui.table.lines import Lines, Row, boxed
from ui.widgets import PageHeader

HEADS = [Head("文件", width=300), Head("", width=64), Head("里面的表", width=260), Head("说明", width=420)]


class Files(QWidget):
    """The files of an import of several."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.list = Lines(session.look, stretch=3, wrapped=(3,))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(boxed(self.list))
        self.hide()

    def put(self, whole: Together, header: PageHeader) -> None:
        """Show the files: those that stay out first; the header says what was read."""
        header.title.setText(f"导入 · {whole.name}")
        header.fact.setText(headline(whole))
        self.list.put(HEADS, [*_rows(whole)], lambda of: of)


def _rows(whole: Together) -> Iterator[Row]:
    for left in whole.left:
        yield _row(left.file, "未导入", "error", "", left.why.removeprefix("：").removeprefix("没有读："))
    inside: dict[str, Counter[str]] = {}
    for plan in whole.plans:
        grid = plan.grid
        assert isinstance(grid, JoinedGrid)
        for file, _ in grid.sheets:
            inside.setdefault(file, Counter())
        for where in filter(None, grid.where):
            inside[where.file][plan.ledger.label] += 1
    for plan in whole.plans:
        for note in plan.table.notes:
            yield _row(
                note.partition(" ")[0] if note.partition(" ")[0] in inside else "", "请留意", "warning", "", note
            )
    for file, sheets in inside.items():
        told = "、".join(f"{name} {count} 行" for name, count in sheets.items()) or "没有填行"
        yield _row(file, "读好", "good", told, "")


def _row(file: str, state: str, tone: str, sheets: str, why: str) -> Row:
    cells = (
        Cell(file, tip=file),
        Cell(state, chip=tone),
        Cell(sheets, tip=sheets),
        Cell(why, ink="secondary", tip=why),
    )
    return Row(cells, file)


def comes_back(paths: Sequence[Path]) -> bool:
    """Whether the files are to be read as forms: a folder, several files, or one that is ours. Raises UnreadableFile."""
    return len(paths) != 1 or paths[0].is_dir() or is_form(paths[0])


def gathered(file: DataFile, paths: Sequence[Path], code: str) -> Steps[Together]:
    """Everything in the files, planned for the zone on show."""
    with file.reading() as connection:
        zone = pick(connection, code)
    return (yield from gathering(file, paths, zone.code, zone.short_name))


def headline(whole: Together) -> str:
    """What was read, beside the page's title."""
    names = dict.fromkeys(
        f"{plan.ledger.label} {plan.matching.period.label if plan.matching.period else ''}".rstrip()
        for plan in whole.plans
    )
    left = f"；{len(whole.left)} 个没有导入" if whole.left else ""
    return f"{whole.counts.rows:,} 行：{'、'.join(names)}{left}"
