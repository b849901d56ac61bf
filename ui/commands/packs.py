"""The command pack: list the packs, check one (a folder or a workbook), build its workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from exporters.pack_book import build
from exporters.template import expressions
from exporters.template_check import problems
from exporters.wordmarks import WordFault, marks
from exporters.wordmarks import problems as word_problems
from exporters.xlsx_package import WorkbookFault
from importers.pack_book import read_workbook
from importers.reading import UnreadableFile
from models.pack_check import FormCell, faults_of
from models.packs.pack import BUILT_IN, Pack, pack_ids
from models.packs.pack import pack as built_in
from models.packs.tables import BadPack, Fault, Source, read_folder
from ui.commands.output import BLOCKED, DONE, Stop, say, show, show_json, stopping
from ui.papers import lists
from ui.reporting import save


def pack(options: argparse.Namespace) -> int:
    """Do what is asked with a pack."""
    return {"list": _list, "check": _check, "build": _build}[options.what](options)


def _list(options: argparse.Namespace) -> int:
    found = [built_in(id) for id in pack_ids()]
    if options.json:
        show_json(
            [{"id": p.id, "title": p.title, "version": p.version, "issuer": p.issuer, "basis": p.basis} for p in found]
        )
    for each in found if not options.json else ():
        show(f"{each.id}  {each.title}（{each.issuer}，{each.basis}）版本 {each.version}")
    return DONE


def _read(name: str) -> tuple[Source, list[Fault]]:
    if not name:
        raise Stop("请写上报表包的名字、文件夹或工作簿")
    path = Path(name)
    with stopping(BadPack, UnreadableFile, WorkbookFault):
        if path.suffix.lower() == ".xlsx":
            return read_workbook(path)
        if name in pack_ids():
            return read_folder(BUILT_IN / name)
        if path.is_dir():
            return read_folder(path)
        built_in(name)
    raise Stop(f"没有“{name}”这个报表包")


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


def _check(options: argparse.Namespace) -> int:
    found = check(*_read(options.pack))
    if options.json:
        show_json([{"sheet": fault.sheet, "cell": fault.cell, "sentence": fault.sentence} for fault in found])
    for fault in found:
        say(str(fault))
    if not options.json:
        show("报表包没有错" if not found else f"报表包有 {len(found)} 处错")
    return BLOCKED if found else DONE


def _build(options: argparse.Namespace) -> int:
    source, faults = _read(options.pack)
    if faults:
        raise Stop(str(faults[0]))
    output = options.output or Path(f"{source.head.get('id', source.name)}.xlsx")
    if output.suffix.lower() != ".xlsx":
        raise Stop(f"“{output}”要以 .xlsx 结尾")
    with stopping(OSError, WorkbookFault):
        save(build(source), output)
    if options.json:
        show_json({"file": str(output)})
    else:
        show(f"已合成：{output}")
    return DONE
