"""Cells of a demonstration zone retyped at random: blanks, negatives, halves, days at the edges, other flags, one card twice.

A made-up zone is too regular: hardly a condition of an indicator decides anything in it. After these edits each one does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

from sqlalchemy import select

from models.kinds import Kind, Stored
from models.ledgers import ledger
from models.store.batches import batch
from models.store.file import DataFile
from models.store.tables import table_of

DAYS = ("2020-09-16", "2020-09-17", "2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01", "")
FLAGS = ("是", "否", "")
SUMS = ("", "0", "-123.4567", "0.005", "1.005", "9999999.9999")
RETYPED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "企业": {"入园时间": DAYS} | dict.fromkeys(("世界500强", "台湾百大", "行业龙头"), FLAGS),
    "企业年度": {"是否台资": FLAGS, "是否规上": FLAGS, "运营状态": ("正常运营", "筹建", "停业", "当年注销", "")},
    "经济数据": dict.fromkeys(
        ("工业总产值", "营业收入", "利润总额", "实际上缴税费总额", "研发费用合计", "研发费用加计扣除额", "出口额", "进口额"), SUMS
    )
    | {"期末从业人员": ("", "0", "7")},
    "台资企业": {"合同台资额": ("", "0.005", "123.455"), "台干人数": ("", "0", "3")},
    "到资流水": dict.fromkeys(("计入台办口径", "计入商务部口径", "第三地转投资"), FLAGS)
    | {"到资日期": DAYS, "折万美元": ("", "-5.5", "0.0049", "1000.005"), "折万元": ("", "-55.55", "0.005", "7000.1234")},
    "台湾青年": {
        "类型": ("就业", "创业", "实习", ""),
        "起始日期": DAYS,
        "终止日期": ("", "2025-06-01", "2025-12-31", "2026-01-01"),
        "证件号": ("01234567", "０１２３４５６７", "01234568"),
    },
    "交流活动": {"结束日期": DAYS, "台湾青年人次": ("", "0", "50"), "本场台青人数": ("", "0", "40")},
    "交流人员": {"是否青年": FLAGS},
    "项目": {"内外资": ("台资", "台资", "内资", ""), "项目性质": ("新引进", "增资扩股", "技改", ""),
           "注册日期": (*DAYS, "2022-09-16", "2022-09-17"), "当前阶段": ("意向", "在建", "达产营运", "终止", "")},
    "企业资质": {"资质": ("高新技术企业", "科技型中小企业", "瞪羚"), "认定日期": DAYS, "有效期至": DAYS, "资质状态": ("有效", "失效", "")},
    "招商活动": {"活动地点": ("昆山", "东莞", "厦门", "台湾", "深圳", "其他"), "活动日期": DAYS},
    "主题产业园": {"主题园类型": ("台湾园中园", "专题园", ""), "开园日期": DAYS, "规划面积": ("", "0.03", "120.3")},
    "台青平台": {"授牌日期": DAYS, "关闭日期": DAYS},
    "开发区年度": {"联席会议次数": ("", "0", "3"), "基础设施投入": SUMS},
    "宗地占用": {"占用方式": ("自用", "租入", "租出", ""), "起始日期": DAYS, "终止日期": DAYS, "占用土地面积": ("", "0.05", "33333.33")},
    "厂房入驻": {"起始日期": DAYS, "终止日期": DAYS, "租用面积": ("", "0.01", "5000.5")},
    "问题": {"提出日期": DAYS, "办结日期": DAYS},
}  # fmt: skip


def retype(path: Path, seed: int) -> None:
    """Write other values into half of these cells, and take away the list of one event."""
    chance = Random(seed)
    with DataFile(path, who="测试") as file:
        for name, choices in RETYPED.items():
            on = ledger(name)
            rows, zone = _rows(file, name)
            with batch(file, zone, "录入", name) as work:
                for row in rows:
                    values = {
                        on.field(label).id: _parsed(on.field(label).kind, chance.choice(texts))
                        for label, texts in choices.items()
                        if chance.random() < 1 / 2
                    }
                    work.set(on, row, values)
        on, table = ledger("交流人员"), table_of(ledger("交流人员"))
        with file.reading() as connection:
            act = chance.choice(sorted(connection.scalars(select(table.c.act).distinct())))
            listed = list(connection.scalars(select(table.c.id).where(table.c.act == act)))
        with batch(file, zone, "删除", on.label) as work:
            work.remove(on, listed)
        _papers(file, zone, chance)


def _papers(file: DataFile, zone: str, chance: Random) -> None:
    """Documents of the zone, of which a made-up zone has none: of each day that matters one, of this kind or that."""
    on = ledger("开发区文件")
    with batch(file, zone, "录入", on.label) as work:
        for number, text in enumerate(filter(None, DAYS)):
            kind = chance.choice(("产业园发展规划", "产业园发展规划", "实施方案"))
            values = {"文件类别": kind, "文件标题": f"文件{number}", "印发日期": text}
            work.add(on, {on.field(name).id: _parsed(on.field(name).kind, value) for name, value in values.items()})


def _rows(file: DataFile, name: str) -> tuple[list[bytes], str]:
    table = table_of(ledger(name))
    with file.reading() as connection:
        found = connection.execute(select(table.c.id, table.c.zone_code).order_by(table.c.id)).all()
    return [row.id for row in found], found[0].zone_code


def _parsed(kind: Kind, text: str) -> Stored:
    return kind.parse(text) if text else None
