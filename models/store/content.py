"""One number for all a data file holds: equal when the ledgers' content is equal, whatever its history."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection

from models.ledger import Ledger
from models.ledgers import LEDGERS
from models.store.faults import Damaged, told
from models.store.sqlite import connect
from models.store.values import UNREADABLE, raw_texts

Targets = dict[tuple[str, bytes], str]


def content_hash(source: Path | Connection | sqlite3.Connection, *, ids: bool = False) -> str:
    """SHA-256 over all ledger rows, in no order; the history, findings and settings are not content.

    Without ``ids`` a row counts by its values and a reference by what it refers to, so that the same content entered twice, in
    another order, gives the same hash; fields that are empty do not count, so that a new empty column changes nothing.
    """
    if isinstance(source, Path):
        with told(source), closing(connect(source, "read")) as connection:
            return content_hash(connection, ids=ids)
    if isinstance(source, Connection):
        driver = source.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return content_hash(driver, ids=ids)
    rows: list[str] = []
    known: dict[str, Targets] = {}
    tables = {name for (name,) in source.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for ledger in LEDGERS:  # links lead to ledgers before it
        if ledger.id not in tables:
            continue  # a file of an older schema: to content a table that is not there is an empty one
        known[ledger.id] = _hashes(source, ledger, known, ids=ids)
        rows += known[ledger.id].values()
    return sha256("\n".join(sorted(rows)).encode()).hexdigest()


def _hashes(connection: sqlite3.Connection, ledger: Ledger, known: dict[str, Targets], *, ids: bool) -> Targets:
    links = {field.id: getattr(field.kind, "ledger", "") for field in ledger.links}
    cursor = connection.execute(f'SELECT * FROM "{ledger.id}"')
    names = [column[0] for column in cursor.description]
    found: Targets = {}
    for cells in cursor:
        row = {name: value for name, value in zip(names, cells, strict=True) if value is not None}
        if not {"zone_code", "id"} <= row.keys():
            raise Damaged(UNREADABLE)
        key = row["zone_code"], row["id"]
        if ids:
            row |= {name: value.hex() for name, value in row.items() if isinstance(value, bytes)}
        else:
            del row["id"]
            row |= {name: known[target].get((key[0], row[name]), "") for name, target in links.items() if name in row}
        if "raw" in row:
            row["raw"] = raw_texts(row["raw"])
        told_as = json.dumps([ledger.id, row], sort_keys=True, ensure_ascii=False, default=repr)
        found[key] = sha256(told_as.encode("utf-8", "surrogatepass")).hexdigest()
    return found
