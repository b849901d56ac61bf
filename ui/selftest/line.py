"""What the self-test says of one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GOOD, ATTENTION, FAULT = "好", "注意", "故障"


@dataclass(frozen=True)
class Line:
    """One thing looked at: its name, how it is, what was found, and (unless good) what to do."""

    name: str
    level: str
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.level}　{self.name}：{self.found}" + (f"　→ {self.remedy}" if self.remedy else "")

    def to_json(self) -> dict[str, str]:
        """As the command prints it for other programs."""
        return {"name": self.name, "level": self.level, "found": self.found, "remedy": self.remedy}


def verdict(lines: Sequence[Line]) -> str:
    """One sentence over all."""
    faults, attention = (sum(line.level == level for line in lines) for level in (FAULT, ATTENTION))
    if not faults and not attention:
        return f"都好：{len(lines)} 项"
    parts = [f"故障 {faults} 项"] * bool(faults) + [f"注意 {attention} 项"] * bool(attention)
    return f"{'，'.join(parts)}，其余 {len(lines) - faults - attention} 项好"
