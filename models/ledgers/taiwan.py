"""台资企业 (ledgers.md §7a) and 到资流水 (§7b): who the Taiwan investors are, and each sum that came in."""

from __future__ import annotations

from models.fields import ALWAYS, choice, count, day, flag, link, money, number, percent, text
from models.ledger import Ledger, Time

WHO, HOW, SUM, PEOPLE = "投资人", "投资路径", "资本", "人员与产业"
_ELSEWHERE = '属于(投资路径, "2", "3", "4", "5", "6", "7", "9")'  # by way of a third place

TW_ENTERPRISE = Ledger(
    id="tw_ent",
    label="台资企业",
    time=Time.LASTING,
    key=("ent",),
    title=("ent",),
    fields=(
        link("企业", "ent", "enterprise", required=ALWAYS, section=WHO),
        choice("注册类别", "reg_class", "台资注册类别", required=ALWAYS, section=WHO, clause="P1"),
        text("台籍投资人", "tw_investor", required=ALWAYS, section=WHO, aliases="台方投资人 台湾投资人 台资方", clause="P1、P9 第四条"),
        text("陆方投资人", "ml_investor", section=WHO),
        percent("台资占比", "tw_share", required=ALWAYS, section=WHO, aliases="台资比例 台资占股比例 台方占比", clause="P1"),
        choice("投资路径", "route", "台资路径", required=ALWAYS, section=HOW, aliases="台资路径 投资方式", clause="P9"),
        text("第三地名称", "third_name", needed=_ELSEWHERE, section=HOW, aliases="第三地投资者名称 第三地投资者", help="路径 2—7、9 须填", clause="P9"),
        text("第三地注册地", "third_place", needed=_ELSEWHERE, section=HOW, help="路径 2—7、9 须填", clause="P9"),
        flag("转投资认定", "recog", section=HOW, aliases="视同台湾投资者", clause="P9"),
        text("转投资认定号", "recog_no", section=HOW, aliases="转投资认定文号 认定文号", clause="P9"),
        day("转投资认定日期", "recog_date", section=HOW),
        count("穿透层级", "layers", "级", section=HOW, clause="P9"),
        percent("实际控制比例", "ult_share", section=HOW, clause="P9"),
        money("注册资本", "reg_cap", unit="原币万元", required=ALWAYS, section=SUM, aliases="注册资金", clause="P1"),
        choice("币种", "cur", "币种", required=ALWAYS, section=SUM, aliases="注册资本币种"),
        number("折美元汇率", "reg_fx_usd", scale=6, places=4, required=ALWAYS, section=SUM, high=10**9, help="1 单位原币折合美元"),
        money("注册资本折美元", "reg_cap_usd", unit="万美元", formula="折算(注册资本, 折美元汇率, 1万美元)", section=SUM),
        money("投资总额", "inv_total_usd", unit="万美元", required=ALWAYS, section=SUM, aliases="投资总额(万美元) 总投资", clause="P1"),
        money("合同台资额", "contract_tw_usd", unit="万美元", required=ALWAYS, section=SUM, aliases="合同台资", clause="P-福建台办"),
        count("企业员工数", "emp", "人", formula="经济数据.期末从业人员", section=PEOPLE, clause="P1"),
        count("台干人数", "tw_cadre", "人", required=ALWAYS, section=PEOPLE, aliases="台干", clause="P1"),
        money("企业年税收", "tax_year", formula="经济数据.实际上缴税费总额", section=PEOPLE, clause="P1"),
        flag("世界500强", "parent_top500", formula="企业.世界500强", section=PEOPLE, clause="S1"),
        flag("台湾百大", "parent_tw100", formula="企业.台湾百大", section=PEOPLE, clause="S1"),
        choice("上市状态", "parent_ipo", "上市状态", formula="企业.上市状态", section=PEOPLE, clause="S1"),
        choice("承接来源地", "from_city", "承接来源地", section=PEOPLE, aliases="来源地", clause="S1"),
        choice("主要产业", "tw_cluster", "合作区重点集群", required=ALWAYS, section=PEOPLE, aliases="重点集群 产业集群", clause="S1、P1"),
        text("主要产品", "main_prod", required=ALWAYS, section=PEOPLE, clause="P1"),
        flag("是否本年新入驻", "new_this_year", formula="企业.入园时间 在 本年", section=PEOPLE, clause="S1"),
        day("入驻日期", "settle_date", formula="企业.入园时间", section=PEOPLE),
        text("享受惠台政策", "policies", section=PEOPLE, help="31条、26条、11条、江西60条", clause="S1"),
        text("权益纠纷处理", "dispute", lines=True, limit=500, section=PEOPLE, clause="S1“台商权益保护机制”"),
        text("附件", "att", section=PEOPLE, help="大门铭牌照片、营业执照、批复或备案回执存放在哪里", clause="P1"),
    ),
)  # fmt: skip

CAPITAL_IN = Ledger(
    id="capital_in",
    label="到资流水",
    time=Time.EVENT,
    key=("proof_no",),
    title=("ent", "in_date"),
    event="in_date",
    fields=(
        text("凭证号", "proof_no", limit=60, required=ALWAYS, aliases="验资号 询证函号 回单号 凭证编号", help="验资、询证或银行回单号"),
        link("企业", "ent", "enterprise", required=ALWAYS),
        text("项目编号", "proj_no", limit=40),
        day("到资日期", "in_date", required=ALWAYS, aliases="日期 到账日期 进资日期 入账日期"),
        choice("币种", "cur", "币种", required=ALWAYS),
        money("原币额", "amt_fc", unit="原币万元", required=ALWAYS, aliases="原币金额 到资原币 金额", help="撤资为负"),
        number("折美元汇率", "fx_usd", scale=6, places=4, required=ALWAYS, high=10**9, aliases="汇率 对美元汇率"),
        money("折万美元", "amt_usd", unit="万美元", required=ALWAYS, aliases="折美元 到资(万美元) 实际到资(万美元)"),
        number("折人民币汇率", "fx_cny", scale=6, places=4, required=ALWAYS, high=10**9, aliases="对人民币汇率"),
        money("折万元", "amt_cny", required=ALWAYS, aliases="折人民币 折万元人民币 到资(万元)"),
        choice("到资方式", "way", "到资方式", required=ALWAYS, aliases="方式 出资方式"),
        choice("路径", "route", "台资路径", aliases="投资路径"),
        text("国别地区", "src_country", limit=40, aliases="国别 国别/地区"),
        flag("计入商务部口径", "in_mofcom", required=ALWAYS, aliases="商务部口径"),
        flag("计入台办口径", "in_prov", required=ALWAYS, aliases="台办口径 省台办口径"),
        flag("第三地转投资", "via_third", required=ALWAYS, aliases="是否第三地转投资"),
    ),
)  # fmt: skip
