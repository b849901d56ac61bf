"""A sub-park's project whose owner produces in the main park: its money is in the firm's own figure, and counts once (GZ07, JX06)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from models.indicators import indicator_set
from models.packs.pack import pack
from models.periods import Period
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.test_ganzhou import put

MAIN, PART, OTHER = "360751", "360752", "360753"
MU = Fraction(2000, 3)  # ㎡ of a mu
USCC = "91360703DEM8Q2L203"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "一区多园.db", who="测试") as opened:
        for zone, more in ((MAIN, {}), (PART, {"parent_code": MAIN}), (OTHER, {})):
            create_zone(opened, zone, f"示例园{zone[-1]}", level="2", role="1", **more)
        yield opened


@pytest.mark.parametrize(("name", "id"), [("赣州", "GZ07"), ("工信", "JX06")])
@pytest.mark.parametrize(
    ("producing", "planned"), [(MAIN, PART), (PART, MAIN), (MAIN, MAIN), (OTHER, PART)], ids=lambda zone: zone
)
def test_the_money_counts_once(file: DataFile, name: str, id: str, producing: str, planned: str) -> None:
    """1,500 on 30 mu: told by the firm, or by its project where the firm produces in a zone that is not asked about."""
    firm = put(
        file, producing, "企业", 单位详细名称="企业甲", 统一社会信用代码=USCC, 行业代码="3973", 投产日期="2020-01-01"
    )
    put(file, producing, "企业年度", "2025", 企业=firm, 运营状态="正常运营")
    put(file, producing, "经济数据", "2025", 企业=firm, 累计固定资产投资="1500")
    idle = put(file, MAIN, "企业", 单位详细名称="企业乙", 行业代码="3973")
    put(file, MAIN, "经济数据", "2025", 企业=idle, 营业收入="10")  # so that something was kept of the year
    land = put(file, MAIN, "宗地", 宗地编号="D1", 宗地面积=str(MU * 30), 土地用途="工业", 实际动工日期="2020-01-01")
    put(file, MAIN, "宗地年度", "2025", 宗地=land, 供应分类="D21")
    put(
        file, planned, "项目", 项目编号="X1", 项目名称="二期", 行业代码="3973", 当前阶段="在建",
        项目法人代码=USCC, 累计完成投资="1500",
    )  # fmt: skip
    with file.reading() as connection:
        found = indicator_set(pack(name)).values(connection, [MAIN, PART], Period(2025), date(2026, 1, 5))[id]
    assert found == 50
