"""A pack's file read, checked whole, and installed: the same for the window and the command."""

from __future__ import annotations

from pathlib import Path

from exporters.template import expressions
from exporters.template_check import problems
from exporters.wordmarks import WordFault, marks
from exporters.wordmarks import problems as word_problems
from exporters.xlsx_package import WorkbookFault
from importers.pack_book import read_workbook
from importers.reading import UnreadableFile
from models.pack_check import FormCell, faults_of
from models.packs.keeping import keep
from models.packs.pack import Pack, pack
from models.packs.tables import BadPack, Fault, Source, read_folder
from ui.papers import lists

FAULTS = (BadPack, UnreadableFile, WorkbookFault)


class Faulty(BadPack):
    """A pack that has faults and is not installed; ``faults`` are all of them."""

    def __init__(self, name: str, faults: list[Fault]) -> None:
        super().__init__(f"“{name}”有 {len(faults)} 处错，没有安装：{faults[0]}")
        self.faults = faults


def read(path: Path) -> tuple[Source, list[Fault]]:
    """A pack's folder or workbook. Raises one of FAULTS."""
    return read_workbook(path) if path.suffix.lower() == ".xlsx" else read_folder(path)


def install(path: Path) -> Pack:
    """Check a pack's file whole and install it; the pack now in force. Raises one of FAULTS, and OSError."""
    source, faults = read(path)
    if found := check(source, faults):
        raise Faulty(path.name, found)
    return pack(keep(source).name)


def check(source: Source, faults: list[Fault]) -> list[Fault]:
    """All faults of a pack: of its tables, its form and the form's expressions."""
    found, form = list(faults), []
    try:
        found += [Fault(*problem) for problem in problems(source.form)] if source.form else []
        form = [FormCell(c.sheet, c.cell, c.expression, c.is_list_row, c.number) for c in expressions(source.form)]
    except WorkbookFault as fault:
        found.append(Fault("return.xlsx", "", str(fault)))
    return found + faults_of(Pack(source), form, _report(source, found))


def _report(source: Source, found: list[Fault]) -> list[FormCell]:
    """The expressions of the narrative; what else is wrong with it goes to ``found``."""
    if not source.report:
        return []
    try:
        known = lists(Pack(source))
        found += [Fault(*problem) for problem in word_problems(source.report, known)]
        return [
            FormCell(m.of.sheet if m.of else "", m.place, m.expression, m.of is not None, m.of.number if m.of else 0)
            for m in marks(source.report, known)
        ]
    except WordFault as fault:
        found.append(Fault("report.docx", "", str(fault)))
        return []
