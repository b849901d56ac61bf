"""目标 and 基准 (ledgers.md §14): a policy's numbers broken down to a zone and a year; what the nation or the province came to."""

from __future__ import annotations

from models.fields import ALWAYS, choice, number, percent, text
from models.ledger import Ledger, Time

TARGET = Ledger(
    id="target",
    label="目标",
    time=Time.YEARLY,
    key=("ind_id", "level"),
    title=("ind_id",),
    fields=(
        text("指标编号", "ind_id", limit=20, required=ALWAYS, aliases="指标"),
        choice("层级", "level", "目标层级", required=ALWAYS),
        number("目标下限", "target_min", scale=4, places=2, high=10**15, aliases="目标 目标值"),
        number("目标上限", "target_max", scale=4, places=2, high=10**15),
        text("目标原文", "target_text"),
        text("基期年", "base_year", limit=4),
        number("基期值", "base_value", scale=4, places=2, high=10**15, low=-(10**15)),
        text("文号", "doc_no"),
        text("责任单位", "responsible"),
    ),
)  # fmt: skip

BENCHMARK = Ledger(
    id="benchmark",
    label="基准",
    time=Time.YEARLY,
    key=("ind_id", "area"),
    title=("ind_id", "area"),
    help="全国、全省平均，用于“高于全国、全省平均”",
    fields=(
        text("指标编号", "ind_id", limit=20, required=ALWAYS, aliases="指标"),
        choice("范围", "area", "基准范围", required=ALWAYS),
        percent("基准值", "value", required=ALWAYS, aliases="平均值", help="百分数：增速、比重"),
        text("出处", "source", required=ALWAYS, aliases="来源"),
    ),
)  # fmt: skip
