"""Which return is meant: the zone, the codes it ranges over, the period and the pack; light, for whoever only names one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.numbering import version_tag
from models.packs.pack import Pack
from models.periods import Period
from models.store.zones import Zone


@dataclass(frozen=True)
class Asked:
    """Which return: the zone, the codes it ranges over, the period and the pack."""

    zone: Zone
    zones: tuple[str, ...]
    period: Period
    pack: Pack

    @property
    def file_name(self) -> str:
        """The return's file name without version and ending (returns.md C0.8)."""
        return re.sub(r'[\\/:*?"<>|\s]+', "-", f"{self.pack.id}_{self.zone.code}_{self.zone.short_name}_{self.period}")

    def issued_stem(self, number: int, kind: str) -> str:
        """The file name of an issued version without its ending."""
        return f"{self.file_name}_{version_tag(number, kind)}"

    def issued_name(self, number: int, kind: str) -> str:
        """The file name of an issued version."""
        return f"{self.issued_stem(number, kind)}.xlsx"
