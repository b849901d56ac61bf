"""经济数据 (ledgers.md §3): an enterprise's figures of a year, half-year, quarter or month, in 万元.

Flows on H/Q/M rows are totals since 1 January (年初累计); 本期 is derived (design.md §2).
"""

from __future__ import annotations

from typing import Any

from models.fields import ALWAYS, Field, count, flag, link, money, number, text
from models.ledger import Ledger, Time

YQ = "YQ"
YQM = "YQM"


def _flow(label: str, id: str, required: str = "", **options: Any) -> Field:
    return money(label, id, required=required, flow=True, **options)


OUT, COST, TAX, ASSET, PEOPLE, ENERGY, TRADE = (
    "产出与效益",
    "成本与收益",
    "税费与薪酬",
    "资产与投资",
    "人员与研发",
    "能耗与排放",
    "进出口与说明",
)

ECONOMY = Ledger(
    id="ent_period",
    label="经济数据",
    time=Time.PERIOD,
    key=("ent",),
    title=("ent",),
    fields=(
        link("企业", "ent", "enterprise", required=ALWAYS, section=OUT),
        _flow("工业总产值", "gov", YQM, section=OUT, aliases="总产值 产值 工业总产值(当年价) 规上工业总产值 工业产值", clause="B604-1"),
        _flow("工业销售产值", "sales_val", YQ, section=OUT, aliases="销售产值"),
        _flow("出口交货值", "export_deliv", "", section=OUT, under=True, aliases="其中:出口交货值"),
        _flow("营业收入", "rev", YQM, section=OUT, aliases="营收 销售收入 营业总收入 主营业务收入(营业收入)", clause="B603"),
        _flow("主营业务收入", "rev_main", "", section=OUT, under=True, aliases="其中:主营业务收入 其中:主营 主营收入"),
        _flow("营业成本", "cost", "Y", section=COST, clause="qc220"),
        _flow("税金及附加", "tax_sur", "Y", section=COST, aliases="营业税金及附加", clause="qc221"),
        _flow("销售费用", "exp_sell", "Y", section=COST, clause="qc222"),
        _flow("管理费用", "exp_adm", "Y", section=COST, clause="qc223"),
        _flow("研发费用", "exp_rd", "Y", section=COST, clause="qc236"),
        _flow("财务费用", "exp_fin", "Y", section=COST, clause="qc224"),
        _flow("资产减值损失", "loss_asset", section=COST, clause="qc228"),
        _flow("信用减值损失", "loss_credit", section=COST, clause="qc235"),
        _flow("公允价值变动收益", "inc_fv", section=COST, clause="qc229"),
        _flow("投资收益", "inc_inv", section=COST, clause="qc225"),
        _flow("资产处置收益", "inc_disp", section=COST, clause="qc233"),
        _flow("净敞口套期收益", "inc_hedge", section=COST, clause="qc239"),
        _flow("其他收益", "inc_oth", section=COST, clause="qc232"),
        _flow("营业利润", "op_profit", "Y", section=COST, clause="qc120"),
        _flow("营业外收入", "nonop_in", "Y", section=COST, clause="qc227"),
        _flow("营业外支出", "nonop_out", "Y", section=COST, clause="qc230"),
        _flow("利润总额", "profit", YQM, section=OUT, aliases="利润", clause="qc234"),
        _flow("所得税费用", "tax_income", "Y", section=TAX, clause="qc231"),
        _flow("应交增值税", "vat", "Y", section=TAX, clause="qc62"),
        _flow("实际上缴税费总额", "tax_paid", YQ, section=OUT, aliases="实缴税费 实缴税收 税收 纳税总额 上缴税金 上缴税费 税收总额 实际上缴税费", clause="qc13"),
        _flow("实缴增值税", "tax_paid_vat", section=TAX, under=True, aliases="其中:增值税", clause="qc14"),
        _flow("实缴所得税", "tax_paid_inc", section=TAX, under=True, aliases="其中:所得税", clause="qc16"),
        _flow("本区入库税收", "tax_local", section=OUT, under=True, aliases="其中:本区入库 本区入库"),
        _flow("减免税总额", "tax_cut", section=TAX, aliases="减免税", clause="qc17"),
        _flow("应付职工薪酬", "payroll", "Y", section=TAX, aliases="职工薪酬", clause="qc51"),
        _flow("本年折旧", "depr", "Y", section=ASSET, aliases="折旧", clause="211"),
        money("资产总计", "assets", required="Y", section=ASSET, aliases="资产总额 总资产", clause="qc24"),
        money("固定资产原价", "fa_orig", required="Y", section=ASSET, aliases="固定资产原值"),
        money("固定资产净值", "fa_net", required="Y", section=ASSET),
        money("负债合计", "liab", required="Y", section=ASSET, aliases="负债总额 总负债 负债总计"),
        money("所有者权益", "equity", required="Y", section=ASSET, aliases="所有者权益合计 净资产"),
        _flow("工业增加值", "va", "Y", section=OUT, aliases="增加值"),
        count("期末从业人员", "emp_end", "人", required=YQ, section=PEOPLE, clause="602",
              aliases="从业人员期末人数 从业人数 从业人员 员工人数 年末员工 年末从业人员 职工人数 员工数"),
        count("平均用工人数", "emp_avg", "人", required=YQ, section=PEOPLE),
        _flow("R&D经费支出", "rd_exp", "Y", section=PEOPLE, aliases="研发经费支出 RD经费支出 研究与试验发展经费支出", clause="607-2"),
        _flow("研发费用合计", "rd_fee", "Y", section=PEOPLE, clause="607-2"),
        _flow("研发费用加计扣除额", "rd_deduct", section=PEOPLE, aliases="加计扣除", clause="S1"),
        count("研发人员数", "rd_emp", "人", section=PEOPLE, aliases="研发人员", clause="607-2"),
        flag("有R&D活动", "rd_act", required="Y", section=PEOPLE, aliases="有研发活动 是否有研发活动", clause="S4"),
        count("专利申请数", "pat_app", "件", section=PEOPLE, aliases="专利申请"),
        count("有效发明专利数", "pat_inv", "件", section=PEOPLE, aliases="有效发明专利"),
        _flow("本年固定资产投资", "fai_year", YQ, section=ASSET, aliases="固定资产投资 固定资产投资额"),
        money("累计固定资产投资", "fai_cum", required="Y", section=ASSET, aliases="累计固投"),
        number("综合能源消费量", "energy_tce", "吨标准煤", flow=True, needed="企业年度.是否规上", section=ENERGY, aliases="综合能耗 能源消费量"),
        number("用电量", "elec_kwh", "万千瓦时", scale=0, flow=True, needed="非 企业年度.是否规上", section=ENERGY),
        number("用水量", "water_t", "吨", flow=True, section=ENERGY),
        number("主要污染物排放当量", "pol_eq", "吨", scale=4, flow=True, section=ENERGY),
        number("COD排放量", "cod", "吨", scale=4, flow=True, section=ENERGY, aliases="COD排放"),
        _flow("出口额", "exp_usd", section=TRADE, unit="万美元"),
        _flow("进口额", "imp_usd", section=TRADE, unit="万美元"),
        text("备注说明", "note", limit=500, lines=True, section=TRADE, aliases="备注 说明", clause="P21"),
    ),
)  # fmt: skip
