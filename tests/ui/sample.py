"""A made-up zone for the window's tests and pictures: twenty enterprises of 赣州 with two years of figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from models.kinds import Stored
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_YEAR
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone
from models.uscc import make


class November(date):
    """A calendar on which the year under way is not over yet: the day of the drawings."""

    @classmethod
    def today(cls):
        return date(2025, 11, 22)


ZONE = "G361013"
NOW = Period(2025)
# name, 行业代码, 规上, 台资, then 2025 and 2024: 工业总产值, 营业收入, 利润总额, 实缴税费, 从业人员
ROWS = [
    ("赣州岚阳微电子有限公司", "3973", 1, 1, (88105.20, 86420, 6318.40, 2904.11, 1206), (43011.70, 41905, 3002.18, 1476.90, 988)),
    ("赣州泽禾新能源有限公司", "3841", 1, 0, (62780, 61204.75, 3120, 1842.60, 874), (61020, 60112.30, 3301.5, 1790.2, 861)),
    ("赣州朔磁材料有限公司", "3985", 1, 0, (55914.10, 54880.32, 4905.77, 2210.08, 1530), (50010, 49207.18, 4400.9, 2011.3, 1498)),
    ("赣州台禾电子科技有限公司", "3982", 1, 1, (5120, 51200, 402.15, 188.30, 215), (5011.10, 5060.40, 390.2, 180.1, 208)),
    ("赣州屿能动力电池有限公司", "3841", 1, 0, (48233.90, 47015.08, -1204.66, 605.42, 1988), (53001, 52330.21, 810.4, 990.5, 2105)),
    ("赣州台岳精密机械有限公司", "3525", 1, 1, (33870.45, 33102.60, 2077.31, 1096.54, 512), (32510, 31986, 2001.2, 1044, 505)),
    ("赣州同屿光电有限公司", "3974", 1, 1, (31004, 30871.22, 1433.09, 720.16, 946), (28990, 28440.95, 1310.6, 690.4, 930)),
    ("赣州赋声电子股份有限公司", "3989", 1, 0, (29915.87, 29304.18, 1862.35, 934.77, 608), (27540, 27118.44, 1690, 880.2, 590)),
    ("赣州澄刃工具技术有限公司", "3321", 1, 0, (19260.30, 18908.20, 944.60, 481.93, 377), (19260.30, 18908.20, 944.60, 481.93, 377)),
    ("赣州砚正稀土新材料有限公司", "3239", 1, 0, (17034.66, 16780.05, 803.28, 455.01, 268), (16100, 15902.37, 780.2, 431.9, 262)),
    ("赣州砺稀新材料有限公司", "3239", 1, 0, (15480, 15102.90, 766.10, 390.22, 244), (15010, 14777.16, 741, 382.4, 240)),
    ("赣州立榕电子元件有限公司", "3981", 1, 1, (12880.54, 12640.71, 318.47, 201.36, 186), None),
    ("赣州逸岑新材料股份有限公司", "3239", 1, 0, (11914.02, 11560.33, 690.52, 318.90, 301), (11002, 10846.29, 650.1, 300.7, 296)),
    ("赣州虔岭稀土股份有限公司", "0932", 1, 0, (10702.75, 10433.10, -88.74, 276.45, 419), (12310, 12007.55, 402.8, 350.1, 433)),
    ("赣州枫邦电子有限公司", "3982", 1, 0, (9870, 9655.48, 402.37, 188.65, 172), (9102, 8902.30, 371.4, 170.9, 165)),
    ("赣州众衍光电科技有限公司", "3974", 1, 1, (8446.19, 8240.66, 355.08, 160.42, 158), (8090, 7903.84, 340.6, 151.3, 150)),
    ("赣州禾绿生化科技有限公司", "2661", 1, 0, (6905, 6830.27, 297.44, 140.06, 97), (6500, 6414.50, 280.9, 133.8, 95)),
    ("赣州沅德塑胶制品有限公司", "2929", 0, 1, (2018.22, 1960.15, 60.83, 37.90, 83), (1990, 1918.40, 58.1, 36.2, 82)),
    ("赣州叠彩工业设计有限公司", "7491", 0, 0, None, (410, 398.6, 22.4, 11.7, 24)),
    ("赣州远舶跨境供应链有限公司", "7224", 0, 0, None, None),
]  # fmt: skip
_FIGURES = ("gov", "rev", "profit", "tax_paid", "emp_end")


def fill(path: Path) -> DataFile:
    """A data file at ``path`` with the zone, its enterprises and their figures; left open."""
    file = DataFile(path, who="录入员")
    create_zone(file, ZONE, "赣州经济技术开发区(本级)", short_name="赣州经开区")
    with batch(file, ZONE, "导入", "导入 企业名录 20 行") as work:
        for number, (name, code, up, tw, *years) in enumerate(ROWS):
            uscc = make("91", "360700", f"MA3{number:02}T{number:02}")
            ent = work.add(ENTERPRISE, _identity(number, name, code, tw) | {"uscc": uscc})
            for year, figures in zip((NOW, NOW.back()), years, strict=True):
                work.add(ENTERPRISE_YEAR, _state(number, up, tw) | {"ent": ent}, year)
                if figures:
                    work.add(ECONOMY, {"ent": ent} | _stored(figures), year)
    return file


def _identity(number: int, name: str, code: str, taiwanese: int) -> dict[str, Stored]:
    opened = 20080000 + 10000 * (number * 7 % 14) + 100 * (number * 5 % 12 + 1) + number % 27 + 1
    return {
        "ent_name": name,
        "ind_code": code,
        "legal_rep": [
            "陈志远",
            "林淑芬",
            "黄建国",
            "李晓梅",
            "王立新",
            "刘卫东",
            "张雅婷",
            "赵明辉",
            "曾祥瑞",
            "钟秀英",
        ][number % 10],
        "open_date": opened,
        "enter_date": opened + 10000,
        "reg_region": "360703",
        "op_region": "360703",
        "address": f"赣州市经开区香港工业园北区 {number * 3 + 2} 号",
        "main_biz1": name[2:-4],
        "cap_tag": "4" if taiwanese else "1",
    }


def _state(number: int, above: int, taiwanese: int) -> dict[str, Stored]:
    return {"is_up": above, "is_tw": taiwanese, "has_rd_org": above * (number % 3 == 0), "on_cloud": number % 2}


def _stored(figures: tuple[float, ...]) -> dict[str, int | None]:
    values: dict[str, int | None] = {}
    for name, figure in zip(_FIGURES, figures, strict=True):
        values[name] = ECONOMY.by_id[name].kind.parse(str(figure))  # type: ignore[assignment]
    values["sales_val"] = round(values["gov"] * 0.987)  # type: ignore[operator]
    values["fai_year"] = round(values["gov"] * 0.061)  # type: ignore[operator]
    values["rev_main"] = round(values["rev"] * 0.992)  # type: ignore[operator]
    values["cost"] = round(values["rev"] * 0.824)  # type: ignore[operator]
    return values
