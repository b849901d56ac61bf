"""Commands on the data file: init, demo, import, undo, backup, restore, check."""

from __future__ import annotations

import argparse

from importers.merge.returned import save_returned
from importers.merge.run import NotThisLedger, run_import
from importers.reading import UnreadableFile
from models.demo import fill
from models.kinds import BadValue, Raw, Reference, Stored
from models.ledgers import BY_ID, ledger
from models.ledgers.zone import ZONE
from models.store import history
from models.store.backup import automatic
from models.store.backup import backup as back_up
from models.store.backup import restore as put_back
from models.store.batches import Batch, Refused, batch
from models.store.check import check as faults_of
from models.store.faults import EnvironmentFault
from models.store.views import Column, Page, View, find_reference, view_of
from models.store.zones import create_zone, pick, zones
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
        return _done(
            options, {"data": str(file.path), "zone": code, "name": name}, f"已新建 {name}({code}):{file.path}"
        )


def _zone_text(field: str, text: str) -> str:
    with stopping(BadValue):
        value = ZONE.by_id[field].kind.parse(text)
    if not value:
        raise Stop(f"请用 {'--zone' if field == 'code' else '--name'} 写上{ZONE.by_id[field].label}")
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
    with stopping(KeyError):
        target = ledger(options.ledger)
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


def set_cells(options: argparse.Namespace) -> int:
    """Type cells of one record, as in the table: a text that does not fit its field is kept as typed and marked."""
    with stopping(KeyError):
        view = view_of(ledger(options.ledger))
        values = dict(_cell(view, part) for part in options.cells)
    when = period(options.period)
    with opened(options, write=True) as file:
        with file.reading() as connection:
            zone = pick(connection, options.zone)
            page = Page(view, zone.code, when)
            found = find_reference(connection, view.base, zone.code, options.key)
            lines = page.lines(connection, found)
        if len(lines) != 1:
            raise Stop(f"“{view.base.label}”里{'没有' if not lines else '不止一个'}“{options.key}”")
        with batch(file, zone.code, "录入", f"改{view.own.label} {options.key}") as work:
            stored = {column: _read(work, column, text) for column, text in values.items()}
            page.write(work, lines[found[0]], stored)
    return _done(options, {"cells": len(values)}, f"已存 {len(values)} 格")


def _cell(view: View, part: str) -> tuple[Column, str]:
    name, mark, text = part.partition("=")
    if not mark:
        raise Stop(f"“{part}”请写成 字段=值（等号后面空着就是清空）")
    field = view.own.field(name)
    if field.formula or field.digest:
        raise Stop(f"“{field.label}”由程序算出，不能录入")
    return next((column for column in view.columns if column.field is field), Column(view.own, field)), text


def _read(work: Batch, column: Column, text: str) -> Stored:
    kind = column.field.kind
    if isinstance(kind, Reference) and text:
        meant = find_reference(work.connection, BY_ID[kind.ledger], work.zone, text)
        if len(meant) != 1:
            raise Stop(f"“{BY_ID[kind.ledger].label}”里{'没有' if not meant else '不止一个'}“{text}”")
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
    with opened(options) as file, stopping(OSError):
        back_up(file.path, options.output)
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
