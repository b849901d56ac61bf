"""The doubts about units in ledgers kept without years: what was read, what is said of a slip, and the correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import log10

from models.doubts.doubt import Doubt, Fix, Told, doubted, show
from models.doubts.kinds import BY_ID, SLIP
from models.doubts.neighbours import SIGHTS, Foreign, Mistaken, Sight, mistaken
from models.fields import Field
from models.kinds import Quantity
from models.ledger import Ledger
from models.numbers import half_up
from models.store import Connection
from models.store.compared import Standing, largest, standing_rows
from models.store.titles import Title, titles

_ROUNDED = ("亩", "㎡")  # one is no whole number of the other: what they come to is rounded to the field's last place


def undated_slips(connection: Connection, zones: Sequence[str]) -> Iterator[Doubt]:
    """The doubts about units in the rows of ``zones`` that are kept without years."""
    for sight in SIGHTS:
        rows = standing_rows(connection, sight.ledger, zones)
        others = {
            name: largest(connection, each.ledger, each.by, each.field, zones) for name, each in sight.foreign.items()
        }
        found = []
        for row in rows:
            beside = {
                name: value for name, each in sight.foreign.items() if (value := others[name].get(_key(row, each)))
            }
            if slip := mistaken(_logs(sight, row.values, beside), sight):
                found.append((row, beside, slip))
        names = titles(connection, sight.ledger, [row.row for row, *_ in found])
        for row, beside, slip in found:
            name = names.get(row.row, Title("", ""))
            said = _told(sight, name, row.values, beside, slip)
            yield doubted(BY_ID[SLIP], sight.ledger, (row.zone, row.row), name, told=said, values=row.values)


def _key(row: Standing, of: Foreign) -> bytes:
    return row.links.get(of.through, b"") if of.through else row.row


def _logs(sight: Sight, values: Mapping[str, int], beside: Mapping[str, int]) -> dict[str, float]:
    """Logarithms of the figures as they are shown."""
    found = {name: log10(abs(value) / _step(sight.ledger.by_id[name])) for name, value in values.items() if value}
    for name, value in beside.items():
        of = sight.foreign[name]
        found[name] = log10(abs(value) / _step(of.ledger.by_id[of.field]))
    return found


def _step(of: Field) -> float:
    assert isinstance(of.kind, Quantity)
    return float(of.kind.step)


def _told(sight: Sight, name: Title, values: Mapping[str, int], beside: Mapping[str, int], slip: Mistaken) -> Told:
    ledger = sight.ledger
    after, why = _corrected(sight, values, slip)
    lines = [
        (each, (_named(ledger, each), show(ledger, each, values[each]), show(ledger, each, after.get(each))))
        for each in slip.fields
    ]
    witnesses = []
    for each in slip.beside:
        of = sight.foreign.get(each)
        if of:
            label, value = of.label, show(of.ledger, of.field, beside[each])
            unit = of.ledger.by_id[of.field].unit
        else:
            label, value, unit = ledger.by_id[each].label, show(ledger, each, values[each]), ledger.by_id[each].unit
        witnesses.append(f"{label} {value} {unit}".rstrip())
        lines.append(("" if of else each, (f"{label}（{unit}）" if unit else label, value, "")))
    first = ledger.by_id[slip.fields[0]]
    what = first.label + (f"等 {len(slip.fields)} 项" if len(slip.fields) > 1 else "")
    fix = None
    if after:
        title = f"更正量级：{what} 按{slip.typed}换算 · {name.name}"
        fix = Fix(f"按{slip.typed}换算", title, {each: values[each] for each in slip.fields}, after)
    said = f"{what} {show(ledger, slip.fields[0], values[slip.fields[0]])} {first.unit}"
    message = f"{said}，和旁边的{'、'.join(witnesses)} 对不上，像是按{slip.typed}填的（这里要填{first.unit}）"
    return Told(message, slip.fields, ("现在", "改后"), tuple(lines), fix, why)


def _corrected(sight: Sight, values: Mapping[str, int], slip: Mistaken) -> tuple[dict[str, int], str]:
    """The figures in their own unit, or {} and why that cannot be."""
    after: dict[str, int] = {}
    for name in slip.fields:
        of = sight.ledger.by_id[name]
        assert isinstance(of.kind, Quantity)
        exact = Fraction(values[name]) * sight.times(name, slip.typed)
        if exact.denominator > 1 and slip.typed not in _ROUNDED:
            return (
                {},
                f"{of.label} {of.kind.show(values[name])} 按{slip.typed}换算有除不尽的尾数，不能一键改，请按原始表重填",
            )
        if not of.kind.low <= (new := half_up(exact)) <= of.kind.high:
            return {}, f"{of.label} {of.kind.show(values[name])} 按{slip.typed}换算就大得存不下，请按原始表重填"
        after[name] = new
    return after, ""


def _named(ledger: Ledger, name: str) -> str:
    of = ledger.by_id[name]
    return f"{of.label}（{of.unit}）" if of.unit else of.label
