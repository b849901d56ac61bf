"""The things Ctrl+K can find, kind by kind: their names and codes, and what taking one does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from models.kinds import Reference
from models.ledger import Ledger
from models.ledgers import LEDGERS
from models.ledgers.reporting import SHEET_ENTRY
from models.ledgers.target import BENCHMARK, TARGET
from models.packs.pack import pack, pack_ids
from models.packs.tables import BadPack
from models.store import Connection
from models.store.changed import latest, rows_since
from models.store.view import Column, View, view_of
from models.store.views import Page
from ui.asking import pack_of, page_of
from ui.auditing import Auditor
from ui.backing import back_up
from ui.following import choose
from ui.page import Entry
from ui.session import Session
from ui.theme import SCALES

PAGES, COMMANDS, RETURNS, SETTINGS, RECORDS, INDICATORS, RULES = (
    0,
    1,
    2,
    3,
    100,
    900,
    901,
)  # the order they are offered in
ABOUT_INDICATORS = (TARGET, BENCHMARK, SHEET_ENTRY)  # their rows are named as indicators are, which are meant first
_NAMED = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Kind:
    """Things of one kind: of each the name, then its codes; ``go(number)`` takes one."""

    id: str
    name: str
    order: int
    rows: Sequence[tuple[str, ...]]
    go: Callable[[int], object]


def of_window(session: Session, entries: Sequence[Entry]) -> Iterator[Kind]:
    """Pages, commands, returns and settings; no data are read for them."""
    yield Kind("页面", "页面", PAGES, [(each.label,) for each in entries], lambda n: session.go(entries[n].id))
    yield _doing("命令", COMMANDS, list(_commands(session, {entry.id for entry in entries})))
    ids = [id for id in pack_ids() if pack(id).form]
    yield Kind(
        "报表", "报表", RETURNS, [(f"{id} {pack(id).title}",) for id in ids], lambda n: _turn_to(session, ids[n])
    )
    yield _doing("设置", SETTINGS, list(_settings(session)))


def _doing(name: str, order: int, things: list[tuple[str, Callable[[], object]]]) -> Kind:
    return Kind(name, name, order, [(text,) for text, _ in things], lambda number: things[number][1]())


def _commands(session: Session, there: set[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    for ledger in LEDGERS:
        if ledger.id in there and view_of(ledger).base is ledger:
            yield f"新增{ledger.label}", partial(session.go, ledger.id, new=True)
    yield "导入 Excel", partial(session.go, "importing", ask=True)
    yield "提取上年数", partial(session.go, "rolling")
    yield "重新审核", partial(_audit, session)
    yield "备份", partial(back_up, session)
    yield "打印报表", partial(session.go, "returns", print=True)
    for word in ("签发报表", "导出草稿", "核验文件"):
        yield word, partial(session.go, "returns")
    yield "打印图表", partial(session.go, "charts")
    yield "撤销", session.undo
    yield "重做", session.redo
    yield "手册", session.help_wanted.emit


def _settings(session: Session) -> Iterator[tuple[str, Callable[[], object]]]:
    chosen = partial(choose, session.settings, session.look)
    yield "浅色", partial(chosen, dark=False)
    yield "深色", partial(chosen, dark=True)
    for scale in SCALES:
        yield f"字号 {scale}%", partial(session.look.apply, scale=scale / 100)


def read_anew(session: Session, after: int) -> Iterator[Kind | int]:
    """What batches later than ``after`` touched (below 0: everything), kind by kind; the number of the latest batch at the end."""
    if after < 0:
        yield from _of_pack(session)
    with session.file.reading() as connection:
        now = latest(connection)
        touched = rows_since(connection, after).get(session.zone, {}) if after >= 0 else None
        for order, ledger in enumerate(LEDGERS):
            if _is_named(ledger) and (touched is None or _leans(ledger) & touched.keys()):
                yield _records(
                    session, connection, ledger, (RULES if ledger in ABOUT_INDICATORS else RECORDS) + 1 + order
                )
    yield now


def _of_pack(session: Session) -> Iterator[Kind]:
    """Indicators and rules of the return on show."""
    try:
        of = pack_of(session)
    except BadPack:
        return
    indicators, rules = of.indicators, of.rules
    names = [(each.name, each.id) for each in indicators]
    yield Kind("指标", "指标", INDICATORS, names, lambda n: session.go("indicators", indicator=indicators[n].id))
    said = [(_NAMED.sub("…", each.message).lstrip("… "), each.id, each.ledger) for each in rules]
    yield Kind("规则", "规则", RULES, said, lambda n: session.go("audit", rule=rules[n].id))


def _records(session: Session, connection: Connection, ledger: Ledger, order: int) -> Kind:
    names = dict.fromkeys((*ledger.title, *ledger.key))
    view = View(ledger, ledger, tuple(Column(ledger, ledger.by_id[name]) for name in names))
    ids: list[bytes] = []
    rows: list[tuple[str, ...]] = []
    for id, texts in Page(view, session.zone, session.period).texts(connection):
        ids.append(id)
        rows.append(texts)
    page, first = page_of(ledger), ledger.title[0]
    return Kind(ledger.id, ledger.label, order, rows, lambda number: session.go(page, row=ids[number], field=first))


def _is_named(ledger: Ledger) -> bool:
    """Whether its rows have names of their own; those of a period that are called after a record are found with that."""
    called_after = bool(ledger.title) and isinstance(ledger.by_id[ledger.title[0]].kind, Reference)
    return ledger.own_page and bool(ledger.title) and not (ledger.dated and called_after)


def _leans(ledger: Ledger) -> set[str]:
    """The ledger and those whose names its rows are called by."""
    kinds = (ledger.by_id[name].kind for name in (*ledger.title, *ledger.key))
    return {ledger.id, *(kind.ledger for kind in kinds if isinstance(kind, Reference))}


def _turn_to(session: Session, id: str) -> None:
    session.show_scope(pack=id)
    session.go("returns")


def _audit(session: Session) -> None:
    session.go("audit")
    Auditor.of(session).run()
