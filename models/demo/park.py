"""The parks of the made-up zone: the main one, and the sub-parks (一区多园) that have ledgers of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.demo.firms import REGION
from models.demo.names import phone
from models.demo.records import Record, record
from models.demo.sites import PLATFORM_CO
from models.ledgers.zone import ZONE

CODE, NAME, SHORT = "360701", "赣州经济技术开发区", "赣州经开区"
MOST = 9  # sub-parks
_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Park:
    """One park; ``number`` is 0 for the main one, ``parts`` how many sub-parks that has."""

    code: str
    name: str
    short: str
    number: int = 0
    parent: str = ""
    parts: int = 0

    @property
    def persons(self) -> int:
        """From where the numbers of its young people run on: nobody is in two parks."""
        return self.number * 10_000

    @property
    def guests(self) -> int:
        """From where the numbers of those who came for an exchange run on."""
        return 1_000_000 * self.number + 100_000

    @property
    def mark(self) -> str:
        """What stands in its 凭证号 and 活动编号, so that no two parks share one."""
        return f"{self.number}-" if self.number else ""

    def enterprises(self, main: int, fewest: int) -> int:
        """How many firms it has when the main park has ``main``."""
        return main if not self.number else max(fewest, main // 3)


def sub_parks(main: Park) -> Iterator[Park]:
    """The sub-parks of the main one."""
    for number in range(1, main.parts + 1):
        name = f"{_NUMERALS[number - 1]}园(虚构)"
        yield Park(f"{main.code}{number:02}", main.name + name, main.short + name, number, main.code)


def zone_record(park: Park) -> Record:
    """The 开发区 row; a sub-park is smaller, and run by the same 管委会."""
    sub = park.number > 0
    return record(
        ZONE,
        code=park.code,
        name=park.name,
        short_name=park.short,
        level="省级" if sub else "国家级",
        ztype="工业园区" if sub else "国家级经开区",
        parent_code=park.parent or None,
        role="分园/片区" if sub else "主园/核心园" if park.parts else "独立",
        coop_park="赣州",
        region_code=REGION,
        appr_org="省政府" if sub else "国务院",
        appr_no="(演示文号)",
        appr_date=f"{2011 + park.number}-06" if sub else "2010-03",
        appr_area="400" if sub else "1000",
        mgmt_area="900" if sub else "6800",
        core_area="120" if sub else "420",
        admin_org=f"{NAME}管理委员会",
        platform_co=PLATFORM_CO[0],
        leader="演示主任",
        contact="演示联系人",
        tel=phone(park.number),
        dept="商务",
    )
