"""Commands on last year's values: roll (提取上年数), confirm, base (期初数)."""

from __future__ import annotations

import argparse
from collections import Counter

from models.ledger import Ledger, nearest
from models.reported import BASE, indicator_named, put_base, reported
from models.rolling import CAME, GONE, LEFT, Rolled, Turn, roll, standing, turns
from models.store import Connection
from models.store.backup import BEFORE_ROLL, automatic
from models.store.batches import Refused, batch
from models.store.carried import ROLLING, confirm, unconfirmed, year_rows
from models.store.titles import titles
from models.store.zones import UnknownZone, pick
from ui.commands.opening import asked, opened, period
from ui.commands.output import DONE, Stop, say, show, show_json, stopping


def roll_over(options: argparse.Namespace) -> int:
    """Carry last year's states over; with --dry-run only say what would be carried, who came and who left."""
    year = _year(options.period)
    with opened(options, write=not options.dry_run) as file, stopping(UnknownZone, Refused):
        with file.reading() as connection:
            zone = pick(connection, options.zone).code
            issued = standing(connection, zone, year)
            result = Rolled(None, turns(connection, zone, year))
        if not options.dry_run and result.rows:
            if issued and not options.issued:
                raise Refused(f"{issued}；确实要带入，请加 --issued")
            automatic(file.path, BEFORE_ROLL)
            result = roll(file, zone, year, issued=options.issued)
        with file.reading() as connection:
            told = [_movement(connection, turn) for turn in result.turns]
    if options.json:
        show_json({
            "year": year, "dry_run": options.dry_run, "rows": result.rows, "issued": issued,
            "ledgers": [turn.to_json() | {"moved": moved} for turn, moved in zip(result.turns, told, strict=True)],
        })  # fmt: skip
        return DONE
    for turn, moved in zip(result.turns, told, strict=True):
        show(_line(turn))
        for each in moved:
            show(f"  {' '.join(dict.fromkeys((each['how'], each['name'], each['key'])))}（{each['why']}）")
    show(_outcome(result, year, dry=options.dry_run))
    if issued:
        say(issued)
    return DONE


def _year(text: str) -> int:
    when = period(text)
    if when.form != "Y":
        raise Stop("上年数按年提取，请把 --period 写成年份，如 2025")
    return when.year


def _outcome(result: Rolled, year: int, *, dry: bool) -> str:
    if not result.rows:
        return f"没有要带入的：{year - 1}年在册的，{year}年都已经有了，或者{year - 1}年没有数"
    if dry:
        return f"会带入 {result.rows:,} 行（只预览，没有写入）"
    return f"已带入 {result.rows:,} 行，请逐项核对后确认；没有确认的不能签发（undo 一步撤销）"


def _line(turn: Turn) -> str:
    """One ledger's balance: last year's end, who came, who left, this year's end."""
    if not turn.ledger.key:
        return f"{turn.ledger.label}：{'带入 1 行' if turn.carry else '本年已有' if turn.stayed else '上年没有'}"
    parts = [f"上年末在册 {turn.last:,}", f"其中本年已有 {turn.stayed:,}、带入 {len(turn.carry):,}"]
    parts += [f"新增 {_counted(turn.reasons(CAME))}"] * bool(turn.of(CAME))
    parts += [f"本年退出 {_counted(turn.reasons(LEFT))}"] * bool(turn.of(LEFT))
    parts += [f"上年已退出不带入 {_counted(turn.reasons(GONE))}"] * bool(turn.of(GONE))
    return f"{turn.ledger.label}：{'；'.join(parts)}；本年末在册 {turn.end:,}"


def _counted(reasons: Counter[str]) -> str:
    return f"{sum(reasons.values()):,}（{'、'.join(f'{why} {count:,}' for why, count in reasons.most_common())}）"


def _movement(connection: Connection, turn: Turn) -> list[dict[str, str]]:
    names = titles(connection, turn.ledger, [each.row for each in turn.moved])
    return [
        {"how": each.how, "key": names[each.row].key, "name": names[each.row].name, "why": each.why}
        for each in turn.moved
    ]


def confirm_rows(options: argparse.Namespace) -> int:
    """Confirm what was carried: of a ledger's year all, or the records and fields named."""
    year = _year(options.period)
    with stopping(KeyError):
        of = _rolling(options.ledger)
        fields = [of.field(name).id for name in options.fields] or None
    with opened(options, write=True) as file, stopping(UnknownZone, Refused):
        with file.reading() as connection:
            zone = pick(connection, options.zone).code
            rows = year_rows(connection, zone, of, year)
            named = titles(connection, of, rows)
        wanted = [row for row in rows if not options.key or options.key in (named[row].key, named[row].name)]
        if options.key and not wanted:
            raise Stop(f"“{of.label}”{year}年没有“{options.key}”")
        with batch(file, zone, "确认", f"确认{of.label} {len(wanted):,} 行") as work:
            done = confirm(work, of, dict.fromkeys(wanted, fields))
        with file.reading() as connection:
            left = sum(each.rows for each in unconfirmed(connection, [zone], year, [of]))
    if options.json:
        show_json({"confirmed": done, "left": left})
    else:
        show(f"确认了 {done:,} 行" + (f"，还有 {left:,} 行没有确认完" if left else "，都确认了"))
    return DONE


def base(options: argparse.Namespace) -> int:
    """Key 期初数: figures of a period that the ledgers do not have, for the next year's 上年 column."""
    with opened(options, write=True) as file, stopping(KeyError, ValueError):
        what = asked(file, options)
        values = [(indicator_named(what.pack, name), text) for name, text in map(_pair, options.figures)]
        with batch(file, what.zone.code, "录入", f"{BASE} {what.pack.id} {what.period.label}") as work:
            for each, text in values:
                put_base(work, what.pack, what.period, each, text)
        with file.reading() as connection:
            kept = reported(connection, what.zone.code, what.pack, what.period)
    for each, _ in values:
        if each.id in kept and kept[each.id][1] != BASE:
            say(f"{each.name}：上年数仍取自{kept[each.id][1]}")
    if options.json:
        show_json({"kept": len(values)})
    else:
        show(f"已存 {len(values)} 个{BASE}（{what.period.label}），{what.period.year + 1}年的上年数取自这里")
    return DONE


def _pair(part: str) -> tuple[str, str]:
    name, mark, text = part.partition("=")
    if not mark:
        raise Stop(f"“{part}”请写成 指标=数（等号后面空着就是清空）")
    return name, text


def _rolling(name: str) -> Ledger:
    labels = {key: each for each in ROLLING for key in (each.label, each.id)}
    if name not in labels:
        raise KeyError(f"“{name}”不从上年带入{nearest(name, [each.label for each in ROLLING])}")
    return labels[name]
