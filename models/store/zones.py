"""The zones of a data file: making one, choosing one, and which sub-parks count with it (一区多园)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from models.ledger import nearest
from models.ledgers.zone import ZONE
from models.store.batches import batch
from models.store.file import DataFile
from models.store.tables import META, table_of

_LAST, _PACK = "last_zone", "last_pack"
PART = "3"  # 层级角色 分园/片区: what its zone reports holds its figures


class UnknownZone(KeyError):
    """No such zone in the file; the message is one Chinese sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Zone:
    """A zone: its code, names and the code of the zone it belongs to ("" for none)."""

    code: str
    name: str
    short_name: str
    parent: str


def zones(connection: Connection) -> list[Zone]:
    """All zones of the file by code."""
    table = table_of(ZONE)
    rows = connection.execute(
        select(table.c.code, table.c.name, table.c.short_name, table.c.parent_code).order_by(table.c.code)
    )
    return [Zone(code, name or "", short or name or code, parent or "") for code, name, short, parent in rows]


def create_zone(file: DataFile, code: str, name: str, **values: str) -> Zone:
    """A new zone; raises UnknownZone-free Refused errors of the store. ``values`` are further stored fields of 开发区."""
    with batch(file, code, "新建", f"新建开发区 {name}") as work:
        work.add(ZONE, {"code": code, "name": name, "short_name": name[:20], **values})
    choose(file, code)
    return Zone(code, name, name, values.get("parent_code", ""))


def choose(file: DataFile, code: str) -> None:
    """Remember the zone chosen last."""
    _remember(file, _LAST, code)


def choose_pack(file: DataFile, id: str) -> None:
    """Remember the return (pack) chosen last."""
    _remember(file, _PACK, id)


def last_pack(connection: Connection) -> str:
    """The id of the return chosen last, "" for none."""
    return str(connection.scalar(select(META.c.value).where(META.c.key == _PACK)) or "")


def _remember(file: DataFile, key: str, value: str) -> None:
    with file.writing() as connection:
        if not connection.execute(update(META).where(META.c.key == key).values(value=value)).rowcount:
            connection.execute(insert(META).values(key=key, value=value))


def pick(connection: Connection, code: str = "") -> Zone:
    """The zone asked for, else the only one, else the one chosen last. Raises UnknownZone."""
    there = zones(connection)
    if not there:
        raise UnknownZone("数据文件里还没有开发区，请先新建：init --zone 代码 --name 名称")
    wanted = code or (
        there[0].code if len(there) == 1 else connection.scalar(select(META.c.value).where(META.c.key == _LAST))
    )
    for zone in there:
        if zone.code == wanted or (code and code in (zone.name, zone.short_name)):
            return zone
    if code:
        raise UnknownZone(
            f"数据文件里没有“{code}”这个开发区{nearest(code, [name for zone in there for name in (zone.code, zone.name)])}"
        )
    raise UnknownZone(f"数据文件里有 {len(there)} 个开发区，请用 --zone 指定一个")


def scope(connection: Connection, zone: Zone, *, own: bool = False) -> tuple[str, ...]:
    """The codes a figure of ``zone`` ranges over: itself and, unless ``own``, all zones below it."""
    if own:
        return (zone.code,)
    there = zones(connection)
    found: list[str] = []
    todo = [zone.code]
    while todo:
        code = todo.pop(0)
        if code not in found:
            found.append(code)
            todo += [each.code for each in there if each.parent == code]
    return tuple(found)


def reporting_below(connection: Connection, code: str) -> list[tuple[str, ...]]:
    """The zones just below one that report by themselves (a role that is not 分园/片区: those of a city), each with the zones that
    it ranges over.
    """
    table = table_of(ZONE)
    below = select(table.c.code).where(
        table.c.parent_code == code, table.c.code == table.c.zone_code, table.c.role.is_not(None), table.c.role != PART
    )
    return [scope(connection, pick(connection, each)) for each in connection.scalars(below.order_by(table.c.code))]


def groups_of(connection: Connection, zone: Zone, *, every: bool = False) -> dict[str, tuple[str, ...]]:
    """Zones to be put side by side → those whose rows each one's figure ranges over: ``zone`` and its sub-parks each by itself, or
    every zone of the file that is no part of another, each with its sub-parks.
    """
    if not every:
        return {code: (code,) for code in scope(connection, zone)}
    there = zones(connection)
    codes = {each.code for each in there}
    return {each.code: scope(connection, each) for each in there if each.parent not in codes}


def scope_names(connection: Connection, codes: Sequence[str]) -> dict[str, str]:
    """Zone code → short name of ``codes``."""
    return {zone.code: zone.short_name for zone in zones(connection) if zone.code in codes}


def zone_fields(connection: Connection, code: str, names: Sequence[str]) -> dict[str, str]:
    """Some text fields of a zone's own file, "" where empty."""
    table = table_of(ZONE)
    row = connection.execute(
        select(*(table.c[name] for name in names)).where(table.c.zone_code == code, table.c.code == code)
    ).first()
    return {name: str(value or "") for name, value in zip(names, row or [""] * len(names), strict=True)}


def zone_region(connection: Connection, code: str) -> str:
    """The zone's region code (GB/T 2260) as its own file says it, else what its own code begins with: six figures, or those of the
    province after the letter of the 公告目录; "" where neither tells.
    """
    said = zone_fields(connection, code, ("region_code",))["region_code"].strip()
    return said or (code[:6] if code[:6].isdecimal() else code[1:3] if code[1:3].isdecimal() else "")


def zone_rank(connection: Connection, code: str) -> str:
    """国家级, 省级 or 其他, as the zone's own file says it; "" where it does not."""
    kind = ZONE.by_id["level"].kind
    return kind.show(zone_fields(connection, code, ("level",))["level"] or None)
