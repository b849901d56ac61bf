"""Texts that list several codes in one field (39、3812): asked in SQL alike on every database, without taking them apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Text, case, func, literal, literal_column, or_

from models.codes import code_list

Sql = ColumnElement[Any]
MARK = "、"
PARTED_BY = "，,；;｜|/ \u3000"  # what people write instead


def begins_listed(code: Sql, listed: Sql, codes: str) -> Sql:
    """Whether ``code``, one of the list ``codes``, begins with one of the beginnings that the text ``listed`` names."""
    whole = _parted(listed)
    longest = max(map(len, code_list(codes)))
    heads = (func.substr(code, 1, length, type_=Text) for length in range(1, longest + 1))
    return or_(*(whole.contains(literal(MARK, Text) + head + MARK) for head in heads))


def lists(listed: Sql, values: Iterable[str]) -> Sql:
    """Whether the text ``listed`` names one of ``values``."""
    whole = _parted(listed)
    return or_(*(_names(listed, whole, value) for value in values))


def _names(listed: Sql, whole: Sql, value: str) -> Sql:
    """Whether ``value`` is a part of ``whole``. Few texts have it in them: the others, and those not there, are not taken apart."""
    there = _has(listed, value)
    return case((there, _has(whole, f"{MARK}{value}{MARK}")), else_=there)


def _has(text: Sql, part: str) -> Sql:
    """Whether ``part`` is in ``text``, as written: LIKE would take a for A, and _ for anything."""
    return func.instr(text, literal(part, Text)) > literal_column("0")


def listed_in(text: str) -> set[str]:
    """What a text lists, as :func:`lists` reads it."""
    for mark in PARTED_BY:
        text = text.replace(mark, MARK)
    return set(text.split(MARK))


def _parted(listed: Sql) -> Sql:
    """``listed`` with one mark between and around its parts."""
    text = listed
    for mark in PARTED_BY:
        text = func.replace(text, mark, MARK, type_=Text)
    return literal(MARK, Text) + text + MARK
