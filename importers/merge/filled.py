"""The matched columns of a file as stored values, one per data row, with what is to be told of single cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter

from importers.cells import Cell, CellError, Percent
from importers.matching import Match, Target
from models.columns import MARK, Converted, convert, is_mark
from models.fields import Field
from models.kinds import CreditCode, Kind, Raw, Reference, Stored, Text
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.uscc import is_old_registration

OLD_CODE = "old_reg_no"
_CODE_OR_NAME = Text()


@dataclass(frozen=True, slots=True)
class Filled:
    """A column of the file read as ``field`` (of the referred ledger for a reference): a value per data row in ``cells``.

    ``index`` is the column of the grid; ``told`` are the texts that a resolved reference would be kept as, had it not been.
    """

    target: Target
    field: Field
    index: int
    cells: Converted
    told: Sequence[Stored] = ()


def fill(rows: Sequence[list[Cell]], match: Match) -> list[Filled]:
    """The values of a matched column; two columns where a column of codes also holds 15-digit 注册号."""
    target = match.target
    assert target is not None
    assert target.field is not None
    field, index = target.via or target.field, match.column.index
    values = _prepared([*map(itemgetter(index), rows)], field)
    ledger = _ledger_of(target)
    if isinstance(field.kind, CreditCode) and field.id not in ledger.key:  # in a key 无 is told as it stands
        values = [MARK if isinstance(value, str) and is_mark(value) else value for value in values]
    cells = convert(_kind(field), values, match.factor)
    if isinstance(field.kind, CreditCode) and OLD_CODE in ledger.by_id:
        return [Filled(target, field, index, cells), *_old_codes(target, ledger.by_id[OLD_CODE], index, cells)]
    return [Filled(target, field, index, cells)]


def _kind(field: Field) -> Kind:
    """How the cells are read; a column that names a record may hold codes or names."""
    return _CODE_OR_NAME if isinstance(field.kind, Reference) else field.kind


def _ledger_of(target: Target) -> Ledger:
    """The ledger whose field the column holds."""
    if target.via and target.field and isinstance(target.field.kind, Reference):
        return BY_ID[target.field.kind.ledger]
    return target.ledger


def _prepared(values: list[Cell], field: Field) -> Sequence[object]:
    """Cells as the field's kind reads them: a failed formula stays as it is shown, 25 % is 25 where the unit is %."""
    types = {*map(type, values)}
    prepared: Sequence[object] = values
    if CellError in types:
        prepared = [Raw(value.text) if isinstance(value, CellError) else value for value in prepared]
    if Percent in types and field.unit == "%":
        prepared = [_hundredfold(value) if isinstance(value, Percent) else value for value in prepared]
    return prepared


def _hundredfold(value: float) -> str:
    return (
        f"{Decimal(f'{float(value):.15g}').scaleb(2):f}"  # 0.38659999999999994 is 38.66 %: spreadsheets keep 15 digits
    )


def _old_codes(target: Target, field: Field, index: int, codes: Converted) -> list[Filled]:
    """Takes the 15-digit 注册号 out of a column of codes into a column of their own."""
    old = {code for code in set(codes.stored) if isinstance(code, str) and is_old_registration(code)}
    if not old:
        return []
    moved = Converted([code if code in old else None for code in codes.stored])
    codes.stored = [None if code in old else code for code in codes.stored]
    own = Target(target.ledger, target.field, field) if target.via else Target(target.ledger, field)
    return [Filled(own, field, index, moved)]
