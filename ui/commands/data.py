"""Commands on the data file: init, demo, import, undo, backup, restore, check."""

from __future__ import annotations

import argparse
import re

from importers.merge.returned import save_returned
from importers.merge.run import NotThisLedger, run_import
from importers.reading import UnreadableFile
from models.demo import fill
from models.kinds import BadValue, Raw, Reference, Stored
from models.ledger import Ledger
from models.ledgers import BY_ID, ledger
from models.ledgers.zone import ZONE
from models.store import history
from models.store.backup import automatic
from models.store.backup import backup as back_up
from models.store.backup import restore as put_back
from models.store.batches import Batch, Refused, batch
from models.store.check import check as faults_of
from models.store.faults import EnvironmentFault
from models.store.sqlite import schema_of
from models.store.view import shown_on
from models.store.views import Column, Page, View, find_reference, view_of
from models.store.zones import create_zone, pick, zones
from models.text import fold_name
from ui.commands.opening import apart, data_path, opened, period, there_is
from ui.commands.output import BLOCKED, DONE, Stop, say, show, show_json, stopping
from ui.reporting import replacing


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
        made = fill(file, enterprises=options.enterprises, years=options.years, seed=options.seed, zone=options.zone)
        return _done(
            options, made, f"已填入虚构的园区：{made['zone_name']}，企业 {made['enterprises']} 家，{made['years']} 年"
        )


def import_file(options: argparse.Namespace) -> int:
    """Import a file into a ledger; every row is accounted for."""
    target = _written_by_people(options.ledger)
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
        result = run_import(file, options.file, target, zone.code, when, sheet=options.sheet, dry_run=options.dry_run)
    code = _done(options, result.to_json(), result.sentence())
    if not options.json:
        for line in result.lines():
            say(line)
    if options.returned and result.returned:
        with stopping(OSError), replacing(options.returned) as fresh:
            save_returned(result.plan, fresh)
    return code


def _written_by_people(name: str) -> Ledger:
    """A ledger that is typed or imported into, not one that issuing and explaining write."""
    with stopping(KeyError):
        found = ledger(name)
    if not found.own_page:
        raise Stop(f"“{found.label}”由程序写入，不能录入或导入")
    return found


def set_cells(options: argparse.Namespace) -> int:
    """Type cells of one record, as in the table: a text that does not fit its field is kept as typed and marked."""
    target = _written_by_people(options.ledger)
    view = view_of(shown_on(target))
    with stopping(KeyError):
        values = dict(_cell(view, target, part) for part in options.cells)
    when = period(options.period)
    with opened(options, write=True) as file:
        with file.reading() as connection:
            zone = pick(connection, options.zone)
            page = Page(view, zone.code, when)
            found = find_reference(connection, view.base, zone.code, options.key)
            lines = page.lines(connection, found)
        if len(lines) != 1:
            raise Stop(_not_one(view.base, options.key, len(lines), "；新的记录请用 import 导入"))
        with batch(file, zone.code, "录入", f"改{target.label} {options.key}") as work:
            stored = {column: _read(work, column, text) for column, text in values.items()}
            page.write(work, lines[found[0]], stored)
    kept = [column for column, value in stored.items() if isinstance(value, Raw)]
    for column in kept:
        say(f"{options.key} {column.field.label}：{_misfit(column, values[column])}，已按原样保留并标红")
    return _done(options, {"cells": len(values), "kept_as_typed": len(kept)}, f"已存 {len(values)} 格")


def _cell(view: View, target: Ledger, part: str) -> tuple[Column, str]:
    """The column meant and the text for it: a field of the ledger named, else of what stands on the same page."""
    name, mark, text = part.partition("=")
    if not mark:
        raise Stop(f"“{part}”请写成 字段=值（等号后面空着就是清空）")
    beside = [column.ledger for column in view.columns if view.own is view.base]
    there = (each for each in (target, *beside) if fold_name(name) in each.by_name)
    found = next(there, target)
    field = found.field(name)
    if field.formula or field.digest:
        raise Stop(f"“{field.label}”由程序算出，不能录入")
    return Column(found, field), text


def _not_one(of: Ledger, text: str, count: int, otherwise: str = "") -> str:
    if not count:
        return f"“{of.label}”里没有“{text}”{otherwise}"
    return f"“{of.label}”里有 {count} 个“{text}”，请改写代码或编号来指定"


def _misfit(column: Column, text: str) -> str:
    try:
        column.field.kind.parse(text)
    except BadValue as fault:
        return str(fault)
    return ""


def _read(work: Batch, column: Column, text: str) -> Stored:
    kind = column.field.kind
    if isinstance(kind, Reference) and text:
        meant = find_reference(work.connection, BY_ID[kind.ledger], work.zone, text)
        if len(meant) != 1:
            raise Stop(_not_one(BY_ID[kind.ledger], text, len(meant)))
        return meant[0]
    try:
        return column.field.kind.parse(text)
    except BadValue:
        return Raw(text)


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
