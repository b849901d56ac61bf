"""What the program remembers from file to file: which column of a heading was taken for which field."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from models.ledger import Ledger
from models.store.tables import META
from models.store.values import dumps


def remember(connection: Connection, ledger: Ledger, fingerprint: str, columns: Mapping[str, str]) -> None:
    """Keep the matching of a heading: column letter → what it is, "" for ignored."""
    key = _key(ledger, fingerprint)
    connection.execute(delete(META).where(META.c.key == key))
    connection.execute(insert(META).values(key=key, value=dumps(dict(columns))))


def recall(connection: Connection, ledger: Ledger, fingerprint: str) -> dict[str, str]:
    """The matching kept for a heading; {} when there is none."""
    kept = connection.scalar(select(META.c.value).where(META.c.key == _key(ledger, fingerprint)))
    return dict(json.loads(kept)) if kept else {}


def _key(ledger: Ledger, fingerprint: str) -> str:
    return f"columns:{ledger.id}:{fingerprint}"
