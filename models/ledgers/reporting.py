"""表上手填 (returns.md), 上报批次, 审核说明, 审核设置 (ledgers.md §15) and 人工改数: what is keyed on a form, its issued versions, what
explains 核实 findings, which rules are switched off and which thresholds changed, which figures are overridden.

All are written through the same door as every ledger, so they have history and undo; the last four have no page of their own.
"""

from __future__ import annotations

from models.fields import ALWAYS, choice, count, day, number, text
from models.ledger import Ledger, Time

SHEET_ENTRY = Ledger(
    id="sheet_entry",
    label="表上手填",
    time=Time.PERIOD,
    key=("pack", "item"),
    title=("pack", "item"),
    help="报表里没有台账字段、在表上直接填写的格子；一格填数就写在数值里，填字就写在文字里",
    fields=(
        text("报表包", "pack", limit=40, required=ALWAYS),
        text("项目", "item", limit=200, required=ALWAYS, help="表样里“手填(…)”括号中的名称"),
        number("数值", "amount", scale=4, places=2, high=10**17, low=-(10**17)),
        text("文字", "words", limit=2000, lines=True, help="有数值的以数值为准；不写个人信息，签发的报表里带着它"),
    ),
)

RETURN_BATCH = Ledger(
    id="return_batch",
    label="上报批次",
    time=Time.PERIOD,
    key=("pack", "version"),
    title=("pack", "version"),
    own_page=False,
    fields=(
        text("报表包", "pack", limit=40, required=ALWAYS),
        count("版本号", "version", "", required=ALWAYS),
        choice("状态", "state", "上报状态", required=ALWAYS, help="编制 → 审核通过 → 签发 → 上报 → 退回 / 验收 → 锁定"),
        text("包版本", "pack_version", limit=40),
        text("签发时间", "issued_at", limit=30),
        text("校验码", "short_code", limit=20),
        text("文件散列", "file_hash", limit=64),
        text("单位负责人", "unit_leader", limit=40),
        text("统计负责人", "stat_leader", limit=40),
        text("填表人", "filler", limit=40),
        text("联系电话", "tel", limit=60),
        day("报出日期", "report_date"),
        day("期限", "deadline", help="签发时照报表包的期限写上"),
        text("报表数据", "figures", limit=20_000_000, help="签发时各指标的值，下一年的上年数取自这里"),
        text(
            "签发的工作簿",
            "workbook",
            limit=100_000_000,
            help="封过签的 Excel 报表（Base64），打印和比较版本时取自这里",
        ),
        text("退回意见", "opinion", limit=1000, lines=True),
        text("版本类型", "kind", limit=10, help="快报、正式或更正；空着的是正式"),
        text("更正理由", "why", limit=1000, lines=True, help="更正的这一版为什么改，印在更正对照表上"),
    ),
)

AUDIT_NOTE = Ledger(
    id="audit_note",
    label="审核说明",
    time=Time.PERIOD,
    key=("pack", "rule", "row"),
    title=("rule",),
    own_page=False,
    fields=(
        text("报表包", "pack", limit=40, required=ALWAYS),
        text("规则", "rule", limit=40, required=ALWAYS),
        text("台账", "ledger", limit=40, required=ALWAYS),
        text("行", "row", limit=40, required=ALWAYS, help="所说明的那一行的编号"),
        text("现场值", "seen", limit=2000, help="写说明时的数；数变了说明就要重写"),
        text("说明", "text", limit=1000, lines=True, required=ALWAYS),
    ),
)

AUDIT_CHOICE = Ledger(
    id="audit_choice",
    label="审核设置",
    time=Time.LASTING,
    key=("pack", "item"),
    title=("item",),
    own_page=False,
    fields=(
        text("报表包", "pack", limit=40, required=ALWAYS),
        text("项目", "item", limit=200, required=ALWAYS, help="规则的编号，或参数的名称"),
        text("取值", "value", limit=200, help="规则写“停用”，参数写改后的值；空着就是照报表包"),
        text("理由", "why", limit=1000, lines=True, help="为什么停用、为什么改；签发的报表里带着它"),
    ),
)

FIGURE_OVERRIDE = Ledger(
    id="figure_override",
    label="人工改数",
    time=Time.PERIOD,
    key=("pack", "item"),
    title=("item",),
    own_page=False,
    fields=(
        text("报表包", "pack", limit=40, required=ALWAYS),
        text("项目", "item", limit=200, required=ALWAYS, help="指标的编号，或表样里这一格的算式"),
        text("改为", "value", limit=60, help="报表上用的数；空着就是照台账算"),
        text("原计算值", "seen", limit=60, help="改数时台账算出的数；再算出的数变了就要重新确认"),
        text("理由", "why", limit=1000, lines=True, help="为什么不用算出的数；签发的报表里带着它"),
    ),
)
