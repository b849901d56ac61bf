"""The commands that type: set (cells of one record, made where its whole key is given) and prefill (last year's hand texts)."""

from __future__ import annotations

import argparse

from models.kinds import BadValue, Raw, Reference, Stored
from models.ledger import Ledger, Time
from models.ledgers import BY_ID, ledger
from models.store.batches import Batch, batch
from models.store.entries import carry_texts
from models.store.view import shown_on
from models.store.views import Column, Line, Page, View, find_record, find_reference, view_of, whole_key
from models.store.zones import pick
from models.text import fold_name
from ui.commands.opening import asked, opened, period
from ui.commands.output import DONE, Stop, say, show, show_json, stopping


def written_by_people(name: str) -> Ledger:
    """A ledger that is typed or imported into, not one that issuing and explaining write."""
    with stopping(KeyError):
        found = ledger(name)
    if not found.own_page:
        raise Stop(f"“{found.label}”由程序写入，不能录入或导入")
    return found


def set_cells(options: argparse.Namespace) -> int:
    """Type cells of one record, as in the table: a text that does not fit its field is kept as typed and marked."""
    target = written_by_people(options.ledger)
    view = view_of(shown_on(target))
    with stopping(KeyError):
        values = dict(_cell(view, target, part) for part in options.cells)
    when = period(options.period)
    if view.base.time is Time.PERIOD and when.form not in view.base.forms:
        raise Stop(f"“{view.base.label}”没有 {when.label} 这样的报告期")
    with opened(options, write=True) as file:
        with file.reading() as connection:
            zone = pick(connection, options.zone)
            page = Page(view, zone.code, when)
            lines = page.lines(connection, find_record(connection, view.base, zone.code, options.key))
        if len(lines) > 1 or not (lines or _may_make(view.base, options)):
            raise Stop(_not_one(view.base, options.key, len(lines), _how_to_make(view.base)))
        with batch(file, zone.code, "录入", f"{'改' if lines else '新增'}{target.label} {options.key}") as work:
            line = next(iter(lines.values()), None) or _made(work, page, options.key)
            stored = {column: _read(work, column, text) for column, text in values.items()}
            page.write(work, line, stored)
    kept = [column for column, value in stored.items() if isinstance(value, Raw)]
    for column in kept:
        say(f"{options.key} {column.field.label}：{_misfit(column, values[column])}，已按原样保留并标红")
    made = "" if lines else "新建 1 条，"
    if options.json:
        show_json({"cells": len(values), "kept_as_typed": len(kept), "made": int(not lines)})
    else:
        show(f"已{made}存 {len(values)} 格")
    return DONE


def prefill(options: argparse.Namespace) -> int:
    """Begin with last year's texts in the cells of a form that are filled in by hand, where this year nothing is."""
    with opened(options, write=True) as file:
        what = asked(file, options)
        with batch(file, what.zone.code, "带入", f"带入上年手填 {what.pack.id}") as work:
            amount = carry_texts(work, what.pack.id, what.period)
    if options.json:
        show_json({"carried": amount})
    else:
        show(f"已带入上年手填的文字 {amount} 项" if amount else "没有可带入的：上年没有手填的文字，或今年都已填")
    return DONE


def _may_make(of: Ledger, options: argparse.Namespace) -> bool:
    """A slip in a name shall not make a record: the key is given part by part, or a new one is asked for."""
    return len(whole_key(of, options.key)) > 1 or bool(options.new and len(of.key) == 1)


def _how_to_make(of: Ledger) -> str:
    names = [of.by_id[name].label for name in of.key]
    way = f"把 --key 写全（{'/'.join(names)}）" if len(names) > 1 else "加上 --new" if names else ""
    return f"；新的记录请用 import 导入{f'，或{way}' if way else ''}"


def _made(work: Batch, page: Page, key: str) -> Line:
    """A new record of that key."""
    of = page.view.base
    fields: dict[str, Stored] = {}
    for name, text in zip(of.key, whole_key(of, key), strict=True):
        value = _read(work, Column(of, of.by_id[name]), text)
        if value is None or isinstance(value, Raw):
            raise Stop(f"“{of.label}”的{of.by_id[name].label}不能是“{text}”，没有新建")
        fields[name] = value
    (row,) = page.add_many(work, [fields])
    return page.lines(work.connection, [row])[row]


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
