"""问题 and 包联 (ledgers.md §12): what enterprises and projects are stuck on until it is struck off, and which leader looks after them."""

from __future__ import annotations

from models.fields import ALWAYS, choice, count, day, flag, link, text
from models.ledger import Ledger, Time

ISSUE = Ledger(
    id="issue",
    label="问题",
    time=Time.EVENT,
    key=("issue_no",),
    title=("issue_no", "desc"),
    event="raise_date",
    help="问题清单，办结后销号",
    fields=(
        text("问题编号", "issue_no", limit=40, required=ALWAYS, aliases="编号"),
        day("提出日期", "raise_date", required=ALWAYS, aliases="提出时间 日期"),
        choice("问题来源", "source", "问题来源", required=ALWAYS, aliases="来源", clause="S2、S4"),
        link("企业", "ent", "enterprise", aliases="涉及企业"),
        link("项目", "proj", "project", aliases="涉及项目"),
        choice("问题类别", "category", "问题类别", required=ALWAYS, aliases="类别"),
        text("问题描述", "desc", limit=500, lines=True, required=ALWAYS, width=260, aliases="问题 问题内容 存在问题"),
        choice("协调级别", "grade", "协调级别", clause="S4“分级分类解决销号”"),
        text("责任单位", "duty_unit", required=ALWAYS),
        day("办结期限", "due_date", required=ALWAYS, aliases="期限"),
        choice("办理状态", "state", "问题状态", aliases="状态 办理情况"),
        day("办结日期", "close_date", needed='属于(办理状态, "办结", "销号")', aliases="办结时间 销号日期"),
        count("满意度", "satisfaction", "分", help="1—5"),
        flag("期末已办结", "closed", formula="已填(办结日期) 且 办结日期 <= 期末"),
    ),
)  # fmt: skip

LIAISON = Ledger(
    id="liaison",
    label="包联",
    time=Time.EVENT,
    key=("lia_no",),
    title=("leader_name", "lia_no"),
    event="from_date",
    help="领导挂点、首席服务员",
    fields=(
        text("包联编号", "lia_no", limit=40, required=ALWAYS, aliases="编号"),
        text("包联领导", "leader_name", limit=40, required=ALWAYS, aliases="领导姓名 包干领导 挂点领导", clause="S1、S2、S3、S4"),
        text("职务", "post"),
        link("企业", "ent", "enterprise", aliases="包联企业"),
        link("项目", "proj", "project", aliases="包联项目"),
        day("起始日期", "from_date", required=ALWAYS, aliases="开始日期"),
        day("终止日期", "to_date", aliases="结束日期"),
        count("走访次数", "visit_n", "次"),
    ),
)  # fmt: skip
