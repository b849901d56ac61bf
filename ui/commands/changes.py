"""main.py indicators --change: why one figure is another than last year's."""

from __future__ import annotations

import argparse
from datetime import date

from models.change.parts import Change, When, explain
from models.change.told import Named, difference, explanation, named, signed
from models.indicators import indicator_set
from models.kinds import decimal_of
from models.ledgers import BY_ID
from models.overridden import reported_results
from models.reported import indicator_named
from models.store import Connection
from ui.asked import Asked
from ui.commands.output import DONE, show, show_json, stopping, table

TOP = 20  # records named on a terminal; --json has all


def show_change(options: argparse.Namespace, connection: Connection, what: Asked) -> int:
    """The parts of the change, the records that gave most, and the explanation."""
    with stopping(KeyError):
        each = indicator_named(what.pack, options.change)
    made, today = indicator_set(what.pack), date.today()
    results = reported_results(connection, what.pack, what.zones, what.period, today)
    result = next(one for one in results if one.indicator.id == each.id)
    change = explain(result, made.figures[each.id], connection, When(what.zones, what.period, today, what.pack))
    names = {(one.mover.ledger, one.mover.row): one for one in named(connection, change.movers)}
    text = "" if change.why else explanation(change, names, what.period)
    if options.json:
        show_json(_as_json(change, names, text))
        return DONE
    show(f"{each.id} {each.name}：{difference(result) or '—'}")
    if change.why:
        show(f"不能拆开：{change.why}")
        return DONE
    if change.parts:
        table([("部分", "增减", "个数"), *_lines(change)])
    places = each.places
    for one in change.top[:TOP]:
        found = names[one.ledger, one.row]
        title = " ".join(dict.fromkeys(filter(None, (found.title.key, found.title.name))))
        show(f"  {signed(one.amount, places)}  {one.kind}  {title}{f'（{one.why}）' if one.why else ''}")
    show(text)
    return DONE


def _lines(change: Change) -> list[tuple[str, str, str]]:
    places = change.result.indicator.places
    counts = {kind: f"{len(change.of(kind)):,}" for kind in change.parts}
    rows = [(kind, signed(amount, places), counts[kind]) for kind, amount in change.printed.items()]
    assert change.result.difference is not None
    return [*rows, ("剩余", "0", ""), ("合计", signed(change.result.difference, places), "")]


def _as_json(change: Change, names: dict[tuple[str, bytes], Named], text: str) -> dict[str, object]:
    each = change.result.indicator
    result: dict[str, object] = {
        "id": each.id,
        "name": each.name,
        "unit": each.unit,
        "change": None if change.result.difference is None else f"{change.result.difference:f}",
        "exact": None if change.total is None else f"{change.total.numerator}/{change.total.denominator}",
        "why": change.why,
    }
    if change.why:
        return result
    return result | {
        "remainder": f"{change.remainder}",
        "parts": [
            {
                "kind": kind,
                "value": f"{change.printed[kind]:f}",
                "exact": f"{amount.numerator}/{amount.denominator}",
                "count": len(change.of(kind)),
            }
            for kind, amount in change.parts.items()
        ],
        "basis": [{"words": one.words, "value": f"{decimal_of(one.amount, each.places):f}"} for one in change.basis],
        "sets": [{"set": words, "value": f"{decimal_of(amount, each.places):f}"} for words, amount in change.sets],
        "movers": [
            {
                "kind": one.kind,
                "ledger": BY_ID[one.ledger].label,
                "key": names[one.ledger, one.row].title.key,
                "name": names[one.ledger, one.row].title.name,
                "value": f"{decimal_of(one.amount, each.places):f}",
                "why": one.why,
            }
            for one in change.top
        ],
        "text": text,
    }
