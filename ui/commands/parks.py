"""The command ``indicators --parks``: several parks looked at together."""

from __future__ import annotations

import argparse
from datetime import date

from models.parks import joined
from models.store.zones import UnknownZone, pick, scope
from models.store.zones import zones as all_zones
from ui.commands.opening import asked, opened
from ui.commands.output import DONE, Stop, show_json, stopping, table


def show_parks(options: argparse.Namespace) -> int:
    """Each park's figures and the joined ones; without codes the zone itself and the parks below it, each by itself."""
    with opened(options) as file, stopping(UnknownZone, ValueError):
        what = asked(file, options)
        with file.reading() as connection:
            names = {each.code: each.short_name or each.name for each in all_zones(connection)}
            named = [pick(connection, code) for code in options.parks]
            parks = [scope(connection, each) for each in named] or [(code,) for code in what.zones]
            if len(parks) < 2:
                raise Stop("合起来看要有两个以上的园区：请在 --parks 后面写上它们的代码")
            found = joined(connection, what.pack, parks, what.period, date.today())
    heads = [names.get(codes[0], codes[0]) for codes in parks]
    if options.json:
        show_json([
            {
                "id": each.indicator.id, "name": each.indicator.name, "unit": each.indicator.unit, "method": each.method.how,
                "parks": {codes[0]: _plain(each.shown(value)) for codes, value in zip(parks, each.parks, strict=True)},
                "value": _plain(each.rounded),
            }
            for each in found
        ])  # fmt: skip
        return DONE
    rows = [("编号", "指标", "单位", *heads, "合并方式", "合起来")]
    rows += [
        (
            each.indicator.id, each.indicator.name, each.indicator.unit, *(_plain(each.shown(v)) or "—" for v in each.parks),
            each.method.how, _plain(each.rounded) or "—",
        )
        for each in found
    ]  # fmt: skip
    table(rows)
    return DONE


def _plain(value: object) -> str | None:
    return None if value is None else f"{value:f}"
