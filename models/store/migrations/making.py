"""Makes the tables of ledgers that a step writes down: each ledger's columns, keys, indexes and links from one frozen line.

A released step's lines never change, so what is made of them here may not change either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Text,
)

if TYPE_CHECKING:
    from alembic.operations import Operations

# period columns, columns of the key, whether a key has one row, fields; :b :s :i are integers of 8, 2 and 4 bytes,
# :>ledger is the id of a row there, everything else is text
Written = tuple[str, str, bool, str]
_TYPES = {"": Text, "b": BigInteger, "s": SmallInteger, "i": Integer}
_PERIOD = {"year": SmallInteger, "form": Text, "seq": SmallInteger}


def make(op: Operations, ledgers: Mapping[str, Written]) -> None:
    """Create the tables of the written ledgers, those before those that lead to them."""
    for name, (period, key, unique, fields) in ledgers.items():
        _table(op, name, period.split(), [field.partition(":")[::2] for field in fields.split()])
        op.create_index(f"key_{name}", name, key.split(), unique=unique)
        for field, kind in (field.partition(":")[::2] for field in fields.split()):
            if kind.startswith(">") and field != key.split()[1]:
                op.create_index(f"by_{name}_{field}", name, ["zone_code", field])


def _table(op: Operations, name: str, period: list[str], fields: list[tuple[str, str]]) -> None:
    links = [(field, kind[1:]) for field, kind in fields if kind.startswith(">")]
    op.create_table(
        name,
        Column("id", LargeBinary, nullable=False),
        Column("zone_code", Text, nullable=False),
        *(Column(each, _PERIOD[each], nullable=False) for each in period),
        Column("raw", Text),
        *(Column(field, LargeBinary if kind.startswith(">") else _TYPES[kind]) for field, kind in fields),
        PrimaryKeyConstraint("zone_code", "id", name=f"pk_{name}"),
        *(
            ForeignKeyConstraint(
                ["zone_code", field],
                [f"{target}.zone_code", f"{target}.id"],
                name=f"fk_{name}_{field}",
                deferrable=True,
                initially="DEFERRED",
            )
            for field, target in links
        ),
    )
