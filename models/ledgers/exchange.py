"""交流活动 (ledgers.md §8b) and its list of persons, by which people are counted once across events."""

from __future__ import annotations

from models.fields import ALWAYS, choice, count, day, flag, link, money, text
from models.ledger import Ledger, Time

EXCHANGE = Ledger(
    id="exchange",
    label="交流活动",
    time=Time.EVENT,
    key=("act_no",),
    title=("act_name", "act_no"),
    event="end_date",
    fields=(
        text("活动编号", "act_no", limit=40, required=ALWAYS, aliases="编号"),
        text("活动名称", "act_name", required=ALWAYS, width=220, aliases="活动 名称"),
        choice("活动类别", "kind", "交流活动类别", required=ALWAYS, aliases="类别 活动类型", clause="S1"),
        day("开始日期", "start_date", required=ALWAYS, aliases="日期 开始时间"),
        day("结束日期", "end_date", required=ALWAYS, aliases="结束时间"),
        text("地点", "place"),
        text("主办单位", "organizer", required=ALWAYS, aliases="主办"),
        count("台湾来宾人次", "tw_total", "人次", required=ALWAYS, aliases="台湾来宾"),
        count("台湾青年人次", "tw_youth_cnt", "人次", required=ALWAYS, aliases="其中青年 台青人次", clause="S1“1000余名”"),
        count("本场台青人数", "tw_youth_uniq", "人", aliases="人数 去重人数"),
        count("大陆人员人次", "ml_cnt", "人次"),
        money("签约金额", "amount_signed", unit="万美元", aliases="签约"),
        text("批准文号", "approval_no"),
        text("报告附件", "report_att"),
        count("名单人数", "list_cnt", "", formula="计数(交流人员)", help="交流人员里这场活动的人数；0 = 没有名单"),
    ),
)  # fmt: skip

EXCHANGE_PERSON = Ledger(
    id="exchange_person",
    label="交流人员",
    time=Time.LASTING,
    key=("act", "id_no"),
    title=("act",),
    fields=(
        link("活动", "act", "exchange", required=ALWAYS, aliases="活动编号"),
        text("证件号", "id_no", limit=30, required=ALWAYS, personal=True, aliases="证件号码 台胞证号"),
        text("证件散列", "id_hash", limit=64, digest="id_no", help="由证件号算出，跨场次去重用"),
        flag("是否青年", "is_youth", required=ALWAYS),
    ),
)  # fmt: skip
