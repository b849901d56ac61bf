"""What a typed or pasted text means for a field: its stored value, or the text itself, kept red, with the reason."""

from __future__ import annotations

import re

from models.codes import code_list
from models.columns import MARK, convert, is_mark
from models.fields import Field
from models.kinds import BadValue, Choice, Day, Flag, Month, Raw, Reference, Stored
from models.ledgers import BY_ID
from models.store.views import find_reference
from models.text import clean, fold
from ui.names import Option
from ui.session import Session

_DAY = re.compile(r"(1[0-2]|0?[1-9])(?:[-/.、]|月)(3[01]|[12][0-9]|0?[1-9])[日号]?")
_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])月份?")
_FLAGS = ((Option(1, "是", "1"), ("是", "1", "y", "s", "shi")), (Option(0, "否", "0"), ("否", "0", "n", "f", "fou")))


def read(session: Session, field: Field, value: object) -> Stored:
    """The stored value meant by ``value``; :class:`Raw` where it does not fit."""
    if isinstance(value, Option):
        return value.value
    text = value if isinstance(value, str) else str(value)
    try:
        return _read(session, field, text)
    except BadValue:
        return MARK if is_mark(text) else Raw(text.strip())


def read_column(session: Session, field: Field, values: list[object]) -> list[Stored]:
    """The stored values meant by many texts of one field: read together, and one by one only what did not fit."""
    if len(values) == 1 or isinstance(field.kind, Reference) or Option in {*map(type, values)}:
        return [read(session, field, value) for value in values]
    found = convert(field.kind, values)
    if Raw not in {*map(type, found.stored)}:
        return found.stored
    return [
        read(session, field, value) if isinstance(stored, Raw) else stored
        for stored, value in zip(found.stored, values, strict=True)
    ]


def _read(session: Session, field: Field, text: str) -> Stored:
    match field.kind:
        case Reference(ledger=ledger):
            return _record(session, ledger, text) or field.kind.parse(text)
        case Choice(codes=codes):
            found = code_list(codes).find(text, typed=True) if text.strip() else None
            return found.code if found else field.kind.parse(text)
        case Day() | Month():
            return field.kind.parse(_with_year(text, session.period.year))
        case _:
            return field.kind.parse(text)


def _with_year(text: str, year: int) -> str:
    """11-5, 11.5, 11月5日 typed into a date mean the report year's; anything else is as it is."""
    found = _DAY.fullmatch(fold(text))
    return f"{year}-{found[1]}-{found[2]}" if found else f"{year}年{text}" if _MONTH.fullmatch(fold(text)) else text


def _record(session: Session, ledger: str, text: str) -> bytes | None:
    with session.file.reading() as connection:
        found = find_reference(connection, BY_ID[ledger], session.zone, clean(text))
    return found[0] if len(found) == 1 else None


def fault(field: Field, value: Stored) -> str:
    """The sentence that says what is wrong with a kept text; "" for a value that fits."""
    if not isinstance(value, Raw) or value == MARK:
        return ""
    try:
        field.kind.parse(str(value))
    except BadValue as error:
        return f"{field.label}：{error}"
    return f"{field.label}：“{value}”还没有认出来，请重新填一次"


def options(session: Session, field: Field, text: str) -> list[Option]:
    """What to offer while ``text`` is typed into ``field``; empty for a field that is no list."""
    match field.kind:
        case Reference(ledger=ledger):
            return session.names.search(ledger, session.zone, text)
        case Choice(codes=codes):
            return [Option(code.code, code.name, code.code) for code in code_list(codes).search(text)]
        case Flag():
            return [option for option, keys in _FLAGS if not text or fold(text).lower() in keys]
        case _:
            return []
