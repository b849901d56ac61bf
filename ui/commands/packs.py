"""The command pack: list the packs, check one (a folder or a workbook), build its workbook, install one from a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from exporters.pack_book import build
from exporters.xlsx_package import WorkbookFault
from importers.reading import UnreadableFile
from models.packs.pack import pack as built_in
from models.packs.pack import pack_folder, pack_ids
from models.packs.tables import BadPack, Fault, Source
from ui.commands.output import BLOCKED, DONE, Stop, say, show, show_json, stopping
from ui.packing import Faulty, check, install, read
from ui.writing import save


def pack(options: argparse.Namespace) -> int:
    """Do what is asked with a pack."""
    return {"list": _list, "check": _check, "build": _build, "install": _install}[options.what](options)


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
        if name in pack_ids():
            return read(pack_folder(name))
        if path.suffix.lower() == ".xlsx" or path.is_dir():
            return read(path)
        built_in(name)
    raise Stop(f"没有“{name}”这个报表包")


def _check(options: argparse.Namespace) -> int:
    found = check(*_read(options.pack))
    if options.json:
        show_json([{"sheet": fault.sheet, "cell": fault.cell, "sentence": fault.sentence} for fault in found])
    for fault in found:
        say(str(fault))
    if not options.json:
        show("报表包没有错" if not found else f"报表包有 {len(found)} 处错")
    return BLOCKED if found else DONE


def _install(options: argparse.Namespace) -> int:
    if not options.pack:
        raise Stop("请写上报表包的工作簿或文件夹")
    try:
        with stopping(UnreadableFile, WorkbookFault, OSError):
            made = install(Path(options.pack))
    except Faulty as faulty:
        for fault in faulty.faults:
            say(str(fault))
        raise Stop(f"报表包有 {len(faulty.faults)} 处错，没有安装", BLOCKED) from None
    except BadPack as fault:
        raise Stop(str(fault)) from None
    if options.json:
        show_json({"id": made.id, "version": made.version})
    else:
        show(f"已安装：{made.id}  {made.title}　版本 {made.version}")
    return DONE


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
