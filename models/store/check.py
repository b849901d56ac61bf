"""The self-test of a data file: pages, links, values, and whether the rows are what the history says they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from models.fields import Field
from models.kinds import Day, Flag, Month, Quantity, Raw, Reference, Stored
from models.ledger import Ledger
from models.ledgers import BY_ID, LEDGERS
from models.periods import Period
from models.store.backup import advice
from models.store.carried import marked
from models.store.faults import Damaged, NewerFile, told
from models.store.records import EDIT, GONE, NEW, same
from models.store.rows import content_columns
from models.store.sqlite import connect, loose_links, schema_of, torn_pages
from models.store.tables import CARRIED, PERIOD_COLUMNS, SCHEMA
from models.store.values import Row, changes, join, with_digests

_MOST = 200
Expected = dict[tuple[str, str, bytes], "Row | None"]


def check(path: Path) -> list[str]:
    """What is wrong with a data file, a sentence each (Chinese); none when it is whole. Nothing is written.

    Raises Damaged, naming the backup to take, when its pages are torn, so that nothing in it can be trusted.
    """
    number = schema_of(path)
    if number > SCHEMA:
        raise NewerFile(f"“{path.name}”是新版程序存的，请升级程序后再检查")
    if not number:
        return [f"没有“{path.name}”这个数据文件，或它是空的"]
    with told(path), closing(connect(path, "read")) as connection:
        try:
            torn = torn_pages(connection)
        except sqlite3.DatabaseError as error:
            torn = [str(error)]
        if torn:
            raise Damaged(f"“{path.name}”已损坏（{torn[0]}），其中的内容不再可靠；{advice(path)}")
        found = [*_links(connection), *_contents(connection)]
    more = len(found) - _MOST
    return [*found[:_MOST], f"……另有 {more} 处没有列出"] if more > 0 else found


def _links(connection: sqlite3.Connection) -> Iterator[str]:
    for table, _, target in loose_links(connection):
        yield f"{_label(table)}里有一行所属的{_label(target)}记录不在了；请从最近的备份恢复"


def _label(table: str) -> str:
    return f"“{BY_ID[table].label}”" if table in BY_ID else f"“{table}”"


def _contents(connection: sqlite3.Connection) -> Iterator[str]:
    expected: Expected = {}
    yield from _replay(connection, expected)
    for ledger in LEDGERS:
        yield from _rows(connection, ledger, expected)
    for (name, _, row), values in expected.items():
        if values is not None:
            yield f"{_label(name)}里编号 {row.hex()} 的一行不见了，历史记录里没有删除过它；请从最近的备份恢复"


def _replay(connection: sqlite3.Connection, expected: Expected) -> Iterator[str]:
    """Play the history from its beginning: what each row must hold, field by field as far as the history tells."""
    numbers = {no for (no,) in connection.execute("SELECT no FROM batch")}
    if numbers and max(numbers) != len(numbers):
        yield f"历史记录缺了 {max(numbers) - len(numbers)} 步；请从最近的备份恢复"
    removed: Expected = {}
    for zone, no, name, row, op, data in connection.execute(
        'SELECT zone_code, batch, ledger, "row", op, data FROM change ORDER BY batch'
    ):
        key, place = (name, zone, row), f"历史记录第 {no} 步"
        try:
            told_changes = changes(data)
        except Damaged:
            yield f"{place}有一处读不出来（有字节被改动）；请从最近的备份恢复"
            continue
        before = expected.get(key)
        if no not in numbers or name not in BY_ID or op not in (NEW, EDIT, GONE) or (op == NEW) != (before is None):
            yield f"{place}和它前后的记录接不上（有字节被改动）；请从最近的备份恢复"
        elif before is not None and any(not same(before.get(f, old), old) for f, (old, _) in told_changes.items()):
            yield f"{place}里{_label(name)}的旧值和更早的记录对不上（有字节被改动）；请核对这一步改过的内容"
        if op == GONE:
            removed[key] = dict.fromkeys(content_columns(BY_ID[name])) | {
                f: old for f, (old, _) in told_changes.items()
            }
            expected[key] = None
        elif op == NEW:
            again = removed.pop(key, None) or {}
            expected[key] = again | {field: new for field, (_, new) in told_changes.items()}
        else:
            expected[key] = (before or {}) | {field: new for field, (_, new) in told_changes.items()}


def _rows(connection: sqlite3.Connection, ledger: Ledger, expected: Expected) -> Iterator[str]:
    cursor = connection.execute(f'SELECT * FROM "{ledger.id}"')
    names = [column[0] for column in cursor.description]
    for cells in cursor:
        row = dict(zip(names, cells, strict=True))
        id, zone, raw = row.pop("id"), row.pop("zone_code"), row.pop("raw")
        who = _who(ledger, row)
        try:
            values = join(row, raw)
        except Damaged:
            yield f"{who}里按原样保留的文字读不出来（有字节被改动）；请从最近的备份恢复"
            continue
        yield from (f"{who}的{fault}" for fault in _faults(ledger, row, values))
        history = expected.pop((ledger.id, zone, id), None)
        if history is None:
            yield f"{who}不在历史记录里（不是本程序写入的，或有字节被改动）；请核对这一行"
            continue
        for field, value in history.items():
            if not same(values.get(field), value):
                yield f"{who}的{_field(ledger, field)}与历史记录不一致（有字节被改动，或用别的工具改过）；请核对后重新录入这一格"


def _who(ledger: Ledger, row: Row) -> str:
    titles = [str(row[name]) for name in ledger.title if isinstance(row.get(name), str)]
    return f"“{ledger.label}”{titles[0] if titles else '的一行'}"


def _field(ledger: Ledger, name: str) -> str:
    return f"“{ledger.by_id[name].label}”" if name in ledger.by_id else "待确认标记" if name == CARRIED else "报告期"


def _faults(ledger: Ledger, row: Row, values: Row) -> Iterator[str]:
    """What is wrong with the values of one row."""
    checks = _checks(ledger)
    for name, value in values.items():
        if value is None:
            continue
        if isinstance(value, Raw):
            if name not in checks:
                yield f"“{name}”不是这个台账的项目（有字节被改动）；请从最近的备份恢复"
            elif row[name] is not None:
                yield f"{_field(ledger, name)}既有值又有按原样保留的文字；请重新录入这一格"
        elif name in checks and not checks[name](value):
            yield f"{_field(ledger, name)}不是这一项该有的值（有字节被改动）；请核对后重新录入这一格"
    yield from _faults_beside(ledger, row)
    for name, value in with_digests(ledger, values).items():
        if not same(values.get(name), value):
            yield f"{_field(ledger, name)}与证件号对不上；请重新录入证件号"


def _faults_beside(ledger: Ledger, row: Row) -> Iterator[str]:
    """What is wrong with the columns that are no fields."""
    if any(name not in ledger.by_id for name in marked(row.get(CARRIED))):
        yield "待确认标记不是真有的项目（有字节被改动）；请从最近的备份恢复"
    parts = [row[name] for name in PERIOD_COLUMNS.get(ledger.time, ())]
    if parts and not _is_period(parts):
        yield "报告期不是真有的（有字节被改动）；请从最近的备份恢复"


def _fitting(field: Field) -> Callable[[Stored], bool]:
    """Whether a stored value, typed and not empty, is one the field can have."""
    match field.kind:
        case Quantity(low=low, high=high):
            return lambda value: type(value) is int and low <= value <= high
        case Flag():
            return lambda value: type(value) is int and value in (0, 1)
        case Day() | Month():
            return lambda value: type(value) is int and same(_again(field, value), value)
        case Reference():
            return lambda value: isinstance(value, bytes) and len(value) == 16
        case _:
            return lambda value: isinstance(value, str) and value != ""


@cache
def _checks(ledger: Ledger) -> dict[str, Callable[[Stored], bool]]:
    return {field.id: _fitting(field) for field in ledger.stored}


@cache
def _again(field: Field, value: Stored) -> Stored:
    try:
        return field.kind.parse(field.kind.edit(value))
    except ValueError:
        return None


def _is_period(parts: list[Stored]) -> bool:
    try:
        period = Period(*parts)  # type: ignore[arg-type]
        return Period.parse(str(period)) == period
    except (ValueError, TypeError, KeyError):
        return False
