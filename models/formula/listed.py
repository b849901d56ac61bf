"""Texts that list several codes in one field (39、3812): asked in SQL alike on every database, without taking them apart."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, func, literal, or_

from models.codes import code_list

Sql = ColumnElement[Any]
MARK = "、"
PARTED_BY = "，,；;｜|/ \u3000"  # what people write instead


def begins_listed(code: Sql, listed: Sql, codes: str) -> Sql:
    """Whether ``code``, one of the list ``codes``, begins with one of the beginnings that the text ``listed`` names."""
    text = listed
    for mark in PARTED_BY:
        text = func.replace(text, mark, MARK, type_=Text)
    whole = literal(MARK, Text) + text + MARK
    longest = max(map(len, code_list(codes)))
    heads = (func.substr(code, 1, length, type_=Text) for length in range(1, longest + 1))
    return or_(*(whole.contains(literal(MARK, Text) + head + MARK) for head in heads))
