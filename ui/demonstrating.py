"""Making the demonstration's data file; beside ui/demonstration.py, which the window loads before it is there."""

from __future__ import annotations

from pathlib import Path

from importers.progress import Progress, Steps
from models.audit import audit
from models.demo import fill
from models.demo.records import LAST
from models.packs.pack import pack, pack_ids
from models.store.file import DataFile
from models.store.zones import choose_pack, pick, scope
from ui.demonstration import NAME, PERIOD

PACK = "台办"
FIRMS = 60
assert PERIOD.year == LAST


def prepared(path: Path) -> Steps[Path]:
    """Make the demonstration at ``path``, unless it is there; nothing half-made is left when it is stopped."""
    if path.exists():
        return path
    fresh = path.with_name(f"正在准备 {NAME}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield Progress(0, 3, f"编一个虚构的园区：{FIRMS} 家企业，六年数据…")
        _discard(fresh)
        with DataFile(fresh) as file:
            fill(file, enterprises=FIRMS)
            if PACK in pack_ids():
                yield Progress(1, 3, "审核一遍…")
                choose_pack(file, PACK)
                with file.reading() as connection:
                    zones = scope(connection, pick(connection))
                audit(file, pack(PACK), zones, PERIOD)
        yield Progress(2, 3, "打开…")
        fresh.replace(path)
    finally:
        _discard(fresh)
    return path


def _discard(path: Path) -> None:
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink(missing_ok=True)
