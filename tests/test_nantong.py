"""南通: every figure of random zones by plain Python over exported CSV, and where it stands among the packs."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from exporters.ledger_sheet import write_csv
from models.indicators import indicator_set
from models.ledgers import LEDGERS, ledger
from models.packs.pack import pack, pack_ids
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.listing import listing
from models.store.zones import create_zone, pick, scope
from tests.independent.ledgers import read
from tests.independent.nantong import AS_KEPT, DOCUMENTS, HUNDRED_MILLIONS, MARKS, Nantong

CODE, TODAY = "320691", date(2026, 1, 5)
DAYS = ("", "2022-12-31", "2023-01-01", "2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01")
CAPITAL = ("", "内资", "港资", "台资", "外资", "外资")
LEVELS, FLAGS = ("国家", "省", "市", ""), ("是", "否", "")
STAGES, NUMBERS = ("", "签约", "终止"), ("", "0", "5", "12")


def fill(file: DataFile, chance: Random) -> None:
    """Everything the figures read: at thresholds and edges, some cells empty."""
    one = chance.choice
    with batch(file, CODE, "录入", "随机") as work:

        def add(name: str, period: str = "", links: dict[str, bytes] | None = None, **cells: str) -> bytes:
            on = ledger(name)
            values = {on.field(label).id: on.field(label).kind.parse(text) for label, text in cells.items() if text}
            values |= {on.field(label).id: id for label, id in (links or {}).items()}
            return work.add_many(on, [values], Period.parse(period) if period else None)[0]

        own = {label: one(NUMBERS) for label in (*HUNDRED_MILLIONS.values(), *AS_KEPT.values(), "高新技术产业增加值")}
        own |= {label: one(FLAGS) for label in ("安全风险评估完成", "安全监管信息平台建成")}
        own |= {"安全发展示范城市创建": one(("建成", "创建中", "")), "循环化改造状态": one(("通过验收", "实施中", ""))}
        add("开发区年度", "2025", 安全风险评估日期=one(DAYS), **own)
        for n in range(8):
            usual = {"总部类型": one(("", "地区总部", "研发", "物流", "结算", "其他")), "资本构成标记": one(CAPITAL)}
            firm = add("企业", 单位详细名称=f"企业{n}", 上市日期=one(DAYS), **usual)
            add("企业年度", "2025", {"企业": firm}, 是否规上=one(FLAGS))
            revenue = one(("", "299999.99", "300000", "499999.99", "500000"))
            add("经济数据", "2025", {"企业": firm}, 营业收入=revenue, **{"R&D经费支出": one(NUMBERS)})
            for kind in (*MARKS.values(), "国家智能制造示范项目"):
                add("企业资质", "", {"企业": firm}, 资质=kind, 级别=one(LEVELS), 认定日期=one(DAYS), 有效期至=one(DAYS))
            ways = ("", "现汇", "跨境人民币", "实物设备", "利润再投资", "外债/股东贷款")
            for k in range(3):
                paid = {"到资方式": one(ways), "折万美元": one(NUMBERS)}
                add("到资流水", "", {"企业": firm}, 凭证号=f"V{n}{k}", 到资日期=one(DAYS), **paid)
            dear = one(("", "14999.99", "15000", "20000"))
            add(
                "项目", 项目编号=f"P{n}", 项目名称=f"项目{n}", 先进制造业=one(FLAGS), 内外资=one(CAPITAL), 外资总投资=dear,
                当前阶段=one(STAGES),
            )  # fmt: skip
            kind = one(("工业设计中心", "孵化器", "众创空间", "重点实验室"))
            add("创新平台", 平台编号=f"F{n}", 平台类型=kind, 级别=one(LEVELS), 认定日期=one(DAYS), 到期日期=one(DAYS))
            plot = add("宗地", 宗地编号=f"Z{n}", 宗地面积="40000")
            add("宗地年度", "2025", {"宗地": plot}, 低效认定=one(FLAGS), 已处置面积=one(NUMBERS))
            title = one(("外贸转型升级基地", "服务业集聚区", "生态工业"))
            add("开发区称号", 称号=title, 称号级别=one(LEVELS), 获批日期=one(DAYS[1:]), 有效期止=one(DAYS))
        for n in range(chance.randint(0, 5)):
            add("开发区产业", 产业地位=one(("首位", "主导", "新兴")), 产业名称=f"产业{n}")
        for n, kind in enumerate(DOCUMENTS):
            add("开发区文件", 文件类别=kind, 文件标题=f"文件{n}", 印发日期=one(DAYS[1:]))


def test_every_figure_equals_plain_python_over_csv(tmp_path: Path) -> None:
    seen: dict[str, set[Fraction | None]] = defaultdict(set)
    for seed in range(24):
        folder = tmp_path / str(seed)
        folder.mkdir()
        with DataFile(tmp_path / f"{seed}.db", who="测试") as file:
            chance = Random(seed)
            core: dict[str, Any] = {"core_area": 12_000_000} if seed % 2 else {}
            create_zone(file, CODE, "示例园", level="1", role="1", **core)
            fill(file, chance)
            with file.reading() as connection:
                for each in LEDGERS:
                    write_csv(folder / f"{each.label}.csv", *listing(connection, each, [CODE]))
                own = scope(connection, pick(connection, CODE))
                found = indicator_set(pack("南通")).values(connection, own, Period(2025), TODAY)
        expected = Nantong(read(folder), CODE, 2025).figures()
        assert {id: found[id] for id in expected} == expected, seed
        for id, figure in expected.items():
            seen[id].add(figure)
    assert set(seen) == {each.id for each in pack("南通").indicators}
    assert {id for id, figures in seen.items() if len(figures) < 2} == {"NT6-01"}  # no sub-parks here


def test_a_clerk_in_jiangxi_finds_her_own_returns_first() -> None:
    ids = pack_ids()
    assert ids[:2] == ("台办", "工信")
    assert "南通" in ids[2:]
    assert pack("南通").due(Period(2025)) == date(2026, 1, 20)
