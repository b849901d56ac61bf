"""土地利用状况 (ledgers.md §4c): the zone's land by class at the end of each year, after the 土地集约利用 regulations (P6)."""

from __future__ import annotations

from models.fields import Field, area, count, money
from models.ledger import Ledger, Rolling, Time

CLASSES, SUPPLY, BUILT, INPUT = "地类", "供应", "建筑", "投入产出与人口"


def _land(label: str, id: str, section: str, formula: str = "", *, under: bool = False) -> Field:
    """Land in 公顷; what people's tables call it by is its letter and number."""
    return area(
        label,
        id,
        unit="公顷",
        places=4,
        section=section,
        formula=formula,
        under=under,
        aliases="" if id == "total" else id.upper(),
        clause="P6",
    )


ZONE_LAND = Ledger(
    id="zone_land",
    label="土地利用状况",
    time=Time.YEARLY,
    key=(),
    title=(),
    rolls=Rolling(  # what the land is; taxes, investment and people are counted anew
        states=(
            "total",
            "a",
            "a1",
            "a2",
            "a31",
            "a32",
            "a4",
            "a51",
            "a52",
            "a6",
            "b11",
            "b12",
            "b21",
            "b22",
            "c1",
            "c2",
            "c3",
            "d1",
            "d21",
            "d22",
            "e1",
            "e21",
            "e22",
            "f",
            "g",
            "approved_unsupplied",
            "supplied_unused",
            "bld_total",
            "base_total",
            "bld_ind",
            "base_ind",
        ),
    ),
    fields=(
        _land("土地总面积", "total", CLASSES),
        _land("已建成城镇建设用地", "a", CLASSES),
        _land("住宅用地", "a1", CLASSES, under=True),
        _land("工矿仓储用地", "a2", CLASSES, under=True),
        _land("街巷用地", "a31", CLASSES, under=True),
        _land("其他交通用地", "a32", CLASSES, under=True),
        _land("商服用地", "a4", CLASSES, under=True),
        _land("公园与绿地", "a51", CLASSES, under=True),
        _land("其他公共管理与公共服务用地", "a52", CLASSES, under=True),
        _land("其他城镇建设用地", "a6", CLASSES, under=True),
        _land(
            "未建成及农村建设用地",
            "b",
            CLASSES,
            "已建成农村工矿仓储用地 + 其他已建成农村建设用地 + 已达到供地条件的土地 + 未达到供地条件的土地",
        ),
        _land("已建成农村工矿仓储用地", "b11", CLASSES, under=True),
        _land("其他已建成农村建设用地", "b12", CLASSES, under=True),
        _land("已达到供地条件的土地", "b21", CLASSES, under=True),
        _land("未达到供地条件的土地", "b22", CLASSES, under=True),
        _land("不可建设土地", "c", CLASSES, "河湖及蓄滞洪区 + 自然生态保护区 + 其他不可建设土地"),
        _land("河湖及蓄滞洪区", "c1", CLASSES, under=True),
        _land("自然生态保护区", "c2", CLASSES, under=True),
        _land("其他不可建设土地", "c3", CLASSES, under=True),
        _land("已供应土地", "d", SUPPLY, "划拨土地 + 有偿使用且未到期土地 + 有偿使用已到期未处置土地"),
        _land("划拨土地", "d1", SUPPLY, under=True),
        _land("有偿使用且未到期土地", "d21", SUPPLY, under=True),
        _land("有偿使用已到期未处置土地", "d22", SUPPLY, under=True),
        _land("尚可划拨土地", "e1", SUPPLY),
        _land("尚可供应工矿仓储土地", "e21", SUPPLY),
        _land("其他尚可有偿使用土地", "e22", SUPPLY),
        _land("不可供应土地", "f", SUPPLY),
        _land("闲置土地", "g", SUPPLY),
        area("批而未供面积", "approved_unsupplied", unit="公顷", places=4, section=SUPPLY, aliases="批而未供"),
        area("供而未用面积", "supplied_unused", unit="公顷", places=4, section=SUPPLY, aliases="供而未用"),
        area("总建筑面积", "bld_total", unit="万㎡", section=BUILT),
        area("建筑基底总面积", "base_total", unit="万㎡", section=BUILT, aliases="建筑基底"),
        area("工矿仓储建筑面积", "bld_ind", unit="万㎡", section=BUILT),
        area(
            "工矿仓储基底面积",
            "base_ind",
            unit="万㎡",
            section=BUILT,
            help="工矿仓储的建筑物、构筑物、露天堆场等占地",
        ),
        money("工业企业累计固定资产投资", "fa_ind_cum", section=INPUT, clause="P6"),
        money("工业税收", "tax_ind", flow=True, section=INPUT, clause="P6"),
        money("二三产税收", "tax_23", flow=True, section=INPUT, clause="P6"),
        count("常住人口", "pop", "人", section=INPUT, clause="P6"),
    ),
)
