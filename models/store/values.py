"""How a row's values travel: in memory as {field id: stored value}, in a table as columns + ``raw``, in history as JSON."""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256

from models.kinds import Raw, Stored
from models.ledger import Ledger
from models.store.faults import Damaged
from models.text import fold

Row = dict[str, Stored]
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
PLAIN = frozenset({int, str, type(None)})  # what JSON keeps as it is
UNREADABLE = "数据文件里有一处内容读不出来（有字节被改动），请在“数据”页检查文件，或从最近的备份恢复"
_counter = itertools.count(int.from_bytes(os.urandom(2)))


def new_ids(amount: int = 1) -> list[bytes]:
    """Time-ordered UUIDs (RFC 9562 version 7): 48 bits of milliseconds, then a counter, then chance."""
    milliseconds = time.time_ns() // 1_000_000
    chance = os.urandom(8 * amount)
    ids = []
    for n in range(amount):
        counted = next(_counter)
        # 12 bits behind the version and the 14 above the random ones hold the counter, so ids of one batch sort in order
        head = (milliseconds << 16) | 0x7000 | (counted >> 14 & 0xFFF)
        tail = (0b10 << 62) | ((counted & 0x3FFF) << 48) | int.from_bytes(chance[8 * n + 2 : 8 * n + 8])
        ids.append(head.to_bytes(8) + tail.to_bytes(8))
    return ids


def pack(value: Stored) -> object:
    """A stored value as JSON keeps it; :func:`unpack` gives it back."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, Raw):
        return {"raw": str(value)}
    return {"id": value.hex()} if isinstance(value, bytes) else value


def unpack(value: object) -> Stored:
    """The stored value that :func:`pack` packed."""
    if type(value) in PLAIN:
        return value  # type: ignore[return-value]
    if isinstance(value, dict):
        return Raw(value["raw"]) if "raw" in value else bytes.fromhex(value["id"])
    return value  # type: ignore[return-value]


def changes(text: str | None) -> dict[str, tuple[Stored, Stored]]:
    """A history entry's {field: (old, new)}. Raises Damaged when it does not read."""
    try:
        return {name: (unpack(old), unpack(new)) for name, (old, new) in json.loads(text or "{}").items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(UNREADABLE) from error


def raw_texts(text: str | None) -> dict[str, str]:
    """The ``raw`` column's {field: text kept as typed}. Raises Damaged when it does not read."""
    if not text:
        return {}
    try:
        return {str(name): str(kept) for name, kept in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise Damaged(UNREADABLE) from error


def dumps(value: object) -> str:
    """Compact JSON with Chinese left readable."""
    return _ENCODER.encode(value)


def split(values: Mapping[str, Stored]) -> tuple[Mapping[str, Stored], dict[str, str]]:
    """Typed columns, and the texts for the ``raw`` column (whose typed columns are NULL)."""
    if Raw not in {*map(type, values.values())}:
        return values, {}
    texts = {name: str(value) for name, value in values.items() if isinstance(value, Raw)}
    return {name: None if name in texts else value for name, value in values.items()}, texts


def join(typed: Mapping[str, Stored], raw: str | None) -> Row:
    """Typed columns and the ``raw`` text of a table row → the values in memory."""
    values = dict(typed)
    if raw:
        values.update({name: Raw(text) for name, text in raw_texts(raw).items()})
    return values


def digest(value: Stored) -> Stored:
    """What stands for a personal number outside this file: equal numbers give equal digests, the number cannot be read back.

    SHA-256 over a fixed prefix and the folded number, the same in every zone so that the province can count people once.
    """
    if not isinstance(value, str) or isinstance(value, Raw) or not value:
        return None
    return sha256(f"园区年报通 证件\0{fold(value)}".encode()).hexdigest()[:40]


def with_digests(ledger: Ledger, values: Mapping[str, Stored]) -> Row:
    """``values`` and, for each digest field whose source is among them, its digest."""
    found = {name: digest(values[source]) for name, source in _digests(ledger) if source in values}
    return {**values, **found} if found or not isinstance(values, dict) else values


@cache
def _digests(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """The digest fields of a ledger, each with what it is made from."""
    return tuple((field.id, field.digest) for field in ledger.stored if field.digest)


def chunks(items: Sequence[bytes], size: int = 900) -> Iterator[Sequence[bytes]]:
    """``items`` in runs that fit SQLite's limit of bound parameters."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
