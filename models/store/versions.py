"""Issued versions of a return (上报批次): each keeps its figures, so that next year's 上年 column says what was reported."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy import Connection, func, select

from models.kinds import Stored
from models.ledgers.reporting import RETURN_BATCH
from models.numbering import CORRECTED, FORMAL, QUICK, version_tag, version_title
from models.periods import Period
from models.store.batches import Batch, Refused
from models.store.entries import Keyed, plain
from models.store.tables import table_of
from models.store.values import dumps

ISSUED, REPORTED, SENT_BACK, ACCEPTED, LOCKED = "签发", "上报", "退回", "验收", "锁定"
NEXT = {ISSUED: (REPORTED,), REPORTED: (SENT_BACK, ACCEPTED), ACCEPTED: (LOCKED,), SENT_BACK: (), LOCKED: ()}
FORMULAS, PARAMETERS = "公式", "参数"  # of what a version was worked out by
_BASIS = "口径"  # the key under which that is kept beside the figures
_KEYED = "手填("  # begins the keys under which what was filled in by hand is kept beside the figures


@dataclass(frozen=True)
class Version:
    """One issued version: state, code, when it was issued, indicator id → exact figure, what was keyed by hand by folded
    name, why it was sent back; its kind and, of a 更正, why it corrects.

    ``no`` counts every version of the return in the order of issue; ``number`` is the one that is told: 快报 have one of their
    own, so that the first 正式 is the first version whether 快报 went before it or not.
    """

    id: bytes
    no: int
    state: str
    short_code: str
    issued_at: str
    figures: Mapping[str, Fraction | None]
    keyed: Mapping[str, Keyed] = field(default_factory=dict)
    opinion: str = ""
    kind: str = FORMAL
    why: str = ""
    number: int = 0
    basis: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # {} of one issued before it was kept

    @property
    def later_told(self) -> str:
        """What is said of an earlier version."""
        back = "，已被退回" if self.state == SENT_BACK else ""
        return f"这一版之后又签发了{self._begun}{self.issued_at[:10]}，校验码 {self.short_code}{back}）"

    @property
    def title(self) -> str:
        """第 2 版, 第 3 版（更正）, 快报第 1 号."""
        return version_title(self.number, self.kind)

    @property
    def told(self) -> str:
        """As whoever has received it finds it: 第 1 版（2026-01-05 签发，校验码 S93X-N4L3）."""
        return f"{self._begun}{self.issued_at[:10]} 签发，校验码 {self.short_code}）"

    @property
    def _begun(self) -> str:
        """The title with a bracket left open for what else is to be told: 第 3 版（更正，."""
        return f"{self.title[:-1]}，" if self.title.endswith("）") else f"{self.title}（"

    @property
    def tag(self) -> str:
        """v2, 快报1."""
        return version_tag(self.number, self.kind)

    @property
    def name(self) -> str:
        """As the 上年 column's source is told."""
        return f"{self.issued_at[:4]}年签发的{self.title}"


class _Numbers:
    """Counts versions that come in the order of issue: 快报 by themselves."""

    def __init__(self) -> None:
        self._last: Counter[tuple[object, ...]] = Counter()

    def next(self, kind: str | None, of: Hashable = None) -> int:
        """The number of the next version of a kind, of the return ``of``."""
        series = of, kind == QUICK
        self._last[series] += 1
        return self._last[series]


def next_number(found: Sequence[Version], kind: str) -> int:
    """The number that the next version of a kind gets."""
    return 1 + sum((each.kind == QUICK) == (kind == QUICK) for each in found)


def versions(connection: Connection, zone: str, pack: str, period: Period) -> list[Version]:
    """The versions of a return, oldest first."""
    table = table_of(RETURN_BATCH)
    scope = (
        table.c.zone_code == zone,
        table.c.pack == pack,
        table.c.year == period.year,
        table.c.form == period.form,
        table.c.seq == period.seq,
    )
    columns = ("id", "version", "state", "short_code", "issued_at", "figures", "opinion", "kind", "why")
    wanted = (table.c[name] for name in columns)
    numbers = _Numbers()
    asked = select(*wanted).where(*scope).order_by(table.c.version)
    return [
        Version(
            row.id,
            row.version,
            row.state,
            row.short_code or "",
            row.issued_at or "",
            figures,
            keyed,
            row.opinion or "",
            row.kind or FORMAL,
            row.why or "",
            numbers.next(row.kind),
            basis,
        )
        for row in connection.execute(asked)
        for figures, keyed, basis in [_read(row.figures)]
    ]


def workbook_of(connection: Connection, version: bytes) -> bytes:
    """The sealed workbook of a version; b"" of one issued before workbooks were kept."""
    table = table_of(RETURN_BATCH)
    kept = connection.execute(select(table.c.workbook).where(table.c.id == version)).scalar_one_or_none()
    return b64decode(kept) if kept else b""


def signed(connection: Connection, version: bytes) -> dict[str, str]:
    """Who signed a version, by the names of the form's signatures, and the day it was reported as it stands there."""
    table = table_of(RETURN_BATCH)
    row = connection.execute(select(table).where(table.c.id == version)).one()
    day = str(row.report_date or "")
    names = {"单位负责人": row.unit_leader, "统计负责人": row.stat_leader, "填表人": row.filler, "联系电话": row.tel}
    return {name: text or "" for name, text in names.items()} | {
        "报出日期": f"{day[:4]}年{day[4:6]}月{day[6:8]}日" if day else ""
    }


def move(work: Batch, version: Version, state: str, opinion: str = "") -> None:
    """Take a version to its next state; Refused where that is none, or where it is sent back without a reason."""
    if state not in NEXT.get(version.state, ()):
        may = "、".join(NEXT.get(version.state, ())) or "不再变动"
        raise Refused(f"{version.title}现在是“{version.state}”，不能改为“{state}”（下一步：{may}）")
    if state == SENT_BACK and not opinion.strip():
        raise Refused("退回要写上退回意见")
    work.set(RETURN_BATCH, version.id, {"state": state, "opinion": opinion.strip() or None})


def later(connection: Connection, manifest: Mapping[str, str]) -> Version | None:
    """The latest version issued after the one that a seal's manifest names; None where there is none, or it names none."""
    try:
        period, no = Period.parse(manifest["period"]), int(manifest.get("serial") or manifest["version"])
    except (KeyError, ValueError):
        return None
    found = versions(connection, manifest.get("zone_code", ""), manifest.get("pack_id", ""), period)
    return found[-1] if found and found[-1].no > no else None


def issued_in(connection: Connection, zone: str, year: int) -> dict[str, int]:
    """Pack id → the latest version issued for any period of a year and not sent back."""
    table = table_of(RETURN_BATCH)
    wanted = select(table.c.pack, table.c.form, table.c.seq, table.c.state)
    counts = func.coalesce(table.c.kind, FORMAL) != QUICK
    scope = table.c.zone_code == zone, table.c.year == year, counts
    numbers, found = _Numbers(), dict[str, int]()
    for pack, form, seq, state in connection.execute(wanted.where(*scope).order_by(table.c.pack, table.c.version)):
        number = numbers.next(FORMAL, (pack, form, seq))
        if state != SENT_BACK:
            found[pack] = max(number, found.get(pack, 0))
    return found


def made_with(connection: Connection, zone: str) -> dict[str, list[str]]:
    """Pack id → the returns issued with it and its version then, latest first: 2025年第 1 版 2025.1."""
    table = table_of(RETURN_BATCH)
    wanted = select(table.c.pack, table.c.year, table.c.form, table.c.seq, table.c.kind, table.c.pack_version)
    scope = wanted.where(table.c.zone_code == zone)
    numbers, found = _Numbers(), dict[str, list[str]]()
    for pack, *period, kind, version in connection.execute(scope.order_by(table.c.year, table.c.seq, table.c.version)):
        title = version_title(numbers.next(kind, (pack, *period)), kind or FORMAL)
        found.setdefault(pack, []).insert(0, f"{Period(*period).label}{title} {version or '（没有记）'}")
    return found


def said(connection: Connection, zone: str, pack: str, period: Period, *, quick: bool = False) -> Version | None:
    """The version that counts as what was reported: the latest that was not sent back; a 快报 only when it is asked for."""
    found = [
        version
        for version in versions(connection, zone, pack, period)
        if version.state != SENT_BACK and (quick or version.kind != QUICK)
    ]
    return found[-1] if found else None


def next_kinds(found: Sequence[Version]) -> tuple[str, ...]:
    """The kinds that the next version may be of, the likeliest first.

    A 快报 goes before the 正式. While a 正式 is only issued it may be issued anew; once it has been reported, accepted or locked,
    what changes is a 更正. A version that was sent back counts for nothing.
    """
    standing = [each for each in found if each.state != SENT_BACK and each.kind != QUICK]
    if not standing:
        return (FORMAL, QUICK)
    return (FORMAL, CORRECTED) if all(each.state == ISSUED for each in standing) else (CORRECTED,)


def keep_version(
    work: Batch,
    period: Period,
    figures: Mapping[str, Fraction | None],
    values: Mapping[str, Stored],
    keyed: Mapping[str, Keyed] | None = None,
    *,
    workbook: bytes = b"",
    basis: Mapping[str, Mapping[str, str]] | None = None,
) -> bytes:
    """Keep an issued version with its figures, what was filled in by hand, its sealed workbook and what it was worked out by."""
    packed: dict[str, object] = {id: _pair(value) for id, value in figures.items()}
    packed |= {_BASIS: basis} if basis else {}
    packed |= {
        f"{_KEYED}{name})": value if value is None or isinstance(value, str) else _pair(Fraction(value))
        for name, value in (keyed or {}).items()
    }
    book = b64encode(workbook).decode("ascii") or None
    return work.add(RETURN_BATCH, {**values, "figures": dumps(packed), "workbook": book}, period)


def _pair(value: Fraction | None) -> list[int] | None:
    return None if value is None else [value.numerator, value.denominator]


def _read(text: str | None) -> tuple[dict[str, Fraction | None], dict[str, Keyed], dict[str, dict[str, str]]]:
    """The figures, what was keyed by hand and the basis, as :func:`keep_version` packed them."""
    figures: dict[str, Fraction | None] = {}
    keyed: dict[str, Keyed] = {}
    packed = json.loads(text or "{}")
    basis = packed.pop(_BASIS, {})
    for id, kept in packed.items():
        if not id.startswith(_KEYED):
            figures[id] = None if kept is None else Fraction(*kept)
        else:
            keyed[id[len(_KEYED) : -1]] = kept if kept is None or isinstance(kept, str) else plain(Fraction(*kept))
    return figures, keyed, basis
