"""Commands on the data file: init, demo, import, undo, backup, restore, check."""

from __future__ import annotations

import argparse
import re

from importers.merge.returned import save_returned
from importers.merge.run import NotThisLedger, run_import
from importers.reading import UnreadableFile
from models.demo import fill
from models.kinds import BadValue
from models.ledgers.zone import ZONE
from models.store import history
from models.store.backup import automatic
from models.store.backup import backup as back_up
from models.store.backup import restore as put_back
from models.store.batches import Refused
from models.store.check import check as faults_of
from models.store.faults import EnvironmentFault
from models.store.sqlite import schema_of
from models.store.zones import create_zone, pick, zones
from ui.commands import forms
from ui.commands.cells import written_by_people
from ui.commands.opening import apart, data_path, opened, period, there_is
from ui.commands.output import BLOCKED, DONE, Stop, say, show, show_json, stopping
from ui.writing import replacing


def init(options: argparse.Namespace) -> int:
    """A data file with its zone; refused when the zone is there already."""
    code, name = (_zone_text(label, text) for label, text in (("code", options.zone), ("name", options.name)))
    with opened(options, write=True, create=True) as file:
        with file.reading() as connection:
            there = {zone.code for zone in zones(connection)}
        if code in there:
            raise Stop(f"“{file.path.name}”里已经有开发区 {code}")
        create_zone(file, code, name)
        beside = f"；这个文件里已有 {len(there)} 个开发区，其他命令用 --zone 指定" if there else ""
        return _done(
            options,
            {"data": str(file.path), "zone": code, "name": name},
            f"已新建 {name}（{code}）：{file.path}{beside}",
        )


def _zone_text(field: str, text: str) -> str:
    with stopping(BadValue):
        value = ZONE.by_id[field].kind.parse(text)
    if not value:
        raise Stop(f"请用 {'--zone' if field == 'code' else '--name'} 写上{ZONE.by_id[field].label}")
    if field == "code" and not re.fullmatch(r"[0-9A-Za-z-]+", str(value)):
        raise Stop(f"开发区代码只能是字母、数字和横线，“{value}”不是；建好后不能改，请核对")
    return str(value)


def demo(options: argparse.Namespace) -> int:
    """Fill the data file with a made-up zone; an empty file gets its zone too."""
    with opened(options, write=True, create=True) as file, stopping(ValueError):
        made = fill(
            file,
            enterprises=options.enterprises,
            years=options.years,
            seed=options.seed,
            zone=options.zone,
            parks=options.parks,
        )
        below = f"，另有分园 {options.parks} 个" if options.parks else ""
        return _done(
            options,
            made,
            f"已填入虚构的园区：{made['zone_name']}，企业 {made['enterprises']} 家，{made['years']} 年{below}",
        )


def import_file(options: argparse.Namespace) -> int:
    """Import a file into a ledger; every row is accounted for."""
    if forms.comes_back(options.file):
        return forms.import_forms(options)
    if not options.ledger:
        if not options.file.exists():
            raise Stop(f"没有“{options.file}”这个文件或文件夹")
        raise Stop("这不是本程序发出的表，请用 --ledger 写明导入哪本台账")
    target = written_by_people(options.ledger)
    when = period(options.period) if options.period else None
    if options.returned:
        apart(apart(options.returned, options.file, "要导入的文件"), data_path(options), "数据文件")
        if options.returned.suffix.lower() != ".xlsx":
            raise Stop(f"“{options.returned}”要以 .xlsx 结尾")
    with opened(options, write=not options.dry_run) as file, stopping(UnreadableFile, NotThisLedger, Refused):
        with file.reading() as connection:
            zone = pick(connection, options.zone)
        if not options.dry_run:
            automatic(file.path, "导入前")
        result = run_import(
            file,
            options.file,
            target,
            zone.code,
            when,
            sheet=options.sheet,
            dry_run=options.dry_run,
            take_file=options.conflicts == "file",
        )
    code = _done(options, result.to_json(), result.sentence())
    if not options.json:
        for line in result.lines():
            say(line)
    if options.returned and result.returned:
        with stopping(OSError), replacing(options.returned) as fresh:
            save_returned(result.plan, fresh)
    return code


def undo(options: argparse.Namespace) -> int:
    """Take back the latest batch."""
    with opened(options, write=True) as file:
        outcome = history.undo(file)
    if outcome is None:
        raise Stop("没有可以撤销的")
    for _, _, reason in outcome.kept:
        say(reason)
    return _done(
        options,
        {"title": outcome.title, "rows": outcome.rows, "kept": len(outcome.kept)},
        f"已撤销：{outcome.title}（{outcome.rows} 行）",
    )


def backup(options: argparse.Namespace) -> int:
    """A verified copy of the data file."""
    target = options.output
    if not target.name or target.is_dir():
        raise Stop(f"“{target}”是文件夹，请再写上文件名")
    with opened(options) as file, stopping(OSError):
        if target.exists() and target.stat().st_size and not schema_of(target):
            raise Stop(f"“{target.name}”已有，且不是数据文件的备份，写进去就没有了，请另起一个名字")
        back_up(file.path, target)
    return _done(options, {"backup": str(options.output)}, f"已备份并校验：{options.output}")


def restore(options: argparse.Namespace) -> int:
    """Put a backup in the data file's place; the present file is kept under another name."""
    with stopping(EnvironmentFault):
        aside = put_back(options.file, data_path(options))
    return _done(
        options,
        {"data": str(data_path(options)), "aside": str(aside or "")},
        f"已恢复：{data_path(options)}" + (f"，原文件改名为 {aside}" if aside else ""),
    )


def check(options: argparse.Namespace) -> int:
    """Whether the data file is whole."""
    path = data_path(options)
    with stopping(EnvironmentFault):
        if not there_is(path):
            raise Stop(f"没有“{path}”这个文件")
        faults = [str(fault) for fault in faults_of(path)]
    for fault in faults:
        say(fault)
    _done(
        options,
        {"data": str(path), "ok": not faults, "faults": faults},
        "文件完好" if not faults else f"有 {len(faults)} 处不对",
    )
    return BLOCKED if faults else DONE


def _done(options: argparse.Namespace, result: object, sentence: str) -> int:
    if options.json:
        show_json(result)
    else:
        show(sentence)
    return DONE
