"""客商, 客商拜访, 驻点, 招商活动 (ledgers.md §11): whom the zone courts, from where, and what came of it (S5 “三库”)."""

from __future__ import annotations

from models.fields import ALWAYS, choice, count, day, link, money, text
from models.ledger import Ledger, Time

INVESTOR = Ledger(
    id="investor",
    label="客商",
    time=Time.LASTING,
    key=("inv_no",),
    title=("name", "inv_no"),
    help="客商资源库，湖南“三库”之一",
    fields=(
        text("客商编号", "inv_no", limit=40, required=ALWAYS, aliases="编号"),
        text("客商名称", "name", required=ALWAYS, width=220, aliases="名称 企业名称 单位名称"),
        choice("客商类型", "kind", "客商类型", required=ALWAYS, aliases="类型 类别", clause="S5"),
        choice("客商区域", "region", "客商区域", required=ALWAYS, aliases="区域 所在地区", clause="S1、S5"),
        text("行业", "industry", aliases="所属行业"),
        text("联系人", "contact", limit=40, personal=True),
        text("联系电话", "tel", limit=60, personal=True, aliases="电话 联系方式"),
        choice("招商渠道", "channel", "招商渠道", aliases="渠道"),
        text("对接人", "owner_staff", limit=40, aliases="跟进人 责任人"),
        day("首次接触日期", "first_date"),
        day("最近接触日期", "last_date"),
        choice("热度", "heat", "客商热度"),
        text("投资意向", "intent_text", limit=500, lines=True, aliases="意向"),
        text("关联项目编号", "linked_proj", limit=40, aliases="关联项目"),
    ),
)  # fmt: skip

INVESTOR_VISIT = Ledger(
    id="investor_visit",
    label="客商拜访",
    time=Time.EVENT,
    key=("inv", "visit_date"),
    title=("inv", "visit_date"),
    event="visit_date",
    fields=(
        link("客商", "inv", "investor", required=ALWAYS, aliases="客商名称"),
        day("拜访日期", "visit_date", required=ALWAYS, aliases="日期"),
        text("方式", "way"),
        text("地点", "place"),
        text("会谈纪要", "minutes", limit=500, lines=True, aliases="纪要"),
    ),
)  # fmt: skip

BIZ_OFFICE = Ledger(
    id="biz_office",
    label="驻点",
    time=Time.LASTING,
    key=("office_no",),
    title=("city", "office_no"),
    help="驻外招商点、商务代表处",
    fields=(
        text("驻点编号", "office_no", limit=40, required=ALWAYS, aliases="编号"),
        text("所在城市", "city", limit=60, required=ALWAYS, aliases="城市", clause="S5“商务代表处”"),
        day("设立日期", "set_date", required=ALWAYS, aliases="设立时间"),
        day("撤销日期", "close_date"),
        count("人员数", "staff_n", "人", aliases="人数"),
    ),
)  # fmt: skip

BIZ_EVENT = Ledger(
    id="biz_event",
    label="招商活动",
    time=Time.EVENT,
    key=("ev_no",),
    title=("ev_name", "ev_no"),
    event="ev_date",
    fields=(
        text("活动编号", "ev_no", limit=40, required=ALWAYS, aliases="编号"),
        text("活动名称", "ev_name", required=ALWAYS, width=220, aliases="名称 活动"),
        choice("活动类别", "kind", "招商活动类别", required=ALWAYS, aliases="类别 类型", clause="S5"),
        day("活动日期", "ev_date", required=ALWAYS, aliases="日期"),
        choice("活动地点", "place", "招商活动地点", required=ALWAYS, aliases="地点", clause="S1“赴昆山、东莞、厦门”"),
        money("签约金额", "sign_amt", aliases="签约额"),
    ),
)  # fmt: skip
