"""开发区年度 (ledgers.md §1b) and 开发区季月 (§1c): what the 管委会 itself reports; in 季月 flows are totals since 1 January."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.fields import Field, choice, count, day, flag, money, number, percent, text
from models.ledger import Ledger, Rolling, Time

ECON, OPEN, GREEN, SAFE, SERVE, FUND, RANK = (
    "经济规模",
    "招商与开放",
    "能耗与环境",
    "安全与改革",
    "政务服务",
    "资金与成本",
    "考评与说明",
)


def _yes(label: str, id: str, **options: Any) -> Field:
    return money(label, id, required="Y", flow=True, **options)


ZONE_YEAR = Ledger(
    id="zone_year",
    label="开发区年度",
    time=Time.YEARLY,
    key=(),
    title=(),
    rolls=Rolling(
        states=(
            "ww_std", "circular_done", "safe_assess", "safe_date", "safe_platform", "safe_city", "ref_appr", "ref_hr", "ref_fin",
            "one_stop", "digital_grade",
        ),
        takes={"prev_rev_all": "rev_all"},
    ),
    fields=(
        _yes("营业收入(全口径)", "rev_all", section=ECON, aliases="营业收入", clause="S2、S4"),
        _yes("规上工业营业收入", "rev_ind_up", section=ECON, clause="P11"),
        _yes("利润总额(全口径)", "profit_all", section=ECON, aliases="利润总额", clause="S2、S4"),
        _yes("规上工业利润总额", "profit_ind_up", section=ECON, clause="P12"),
        _yes("全区税收收入", "tax_all", section=ECON, aliases="税收收入", clause="S4、P13"),
        _yes("规上工业增加值", "va_ind_up", section=ECON, aliases="工业增加值", clause="S2"),
        _yes("高新技术产业增加值", "va_hitech", section=ECON, clause="S2"),
        _yes("规上工业总产值", "gov_ind_up", section=ECON, aliases="工业总产值", clause="P12"),
        money("出口交货值", "export_deliv", flow=True, section=ECON, clause="P12"),
        _yes("进出口总额", "trade_total", section=OPEN, clause="S3、P16"),
        _yes("出口总额", "export", section=OPEN, under=True, aliases="其中:出口", clause="S3、P16"),
        _yes("进出口总额(美元)", "trade_total_usd", unit="万美元", section=OPEN, clause="S3、P16"),
        _yes("出口总额(美元)", "export_usd", unit="万美元", section=OPEN, under=True, clause="S3、P16"),
        _yes("固定资产投资额", "fai", section=ECON, aliases="固定资产投资", clause="S4"),
        _yes("工业投资", "fai_ind", section=ECON, under=True, aliases="其中:工业投资", clause="S4"),
        _yes("基础设施投入", "infra_inv", section=ECON, clause="S2、P12"),
        money("园区资产总额", "park_assets", required="Y", section=FUND, help="平台公司及管委会，期末时点", clause="S2"),
        _yes("招商签约资金", "sign_amt", section=OPEN, clause="P12"),
        _yes("招商实际到位资金", "paid_amt", section=OPEN, clause="P12"),
        _yes("实际使用外资", "fdi_prov", unit="万美元", section=OPEN, help="省口径", clause="P12"),
        _yes("实际使用外资(商务部口径)", "fdi_mofcom", unit="万美元", section=OPEN, under=True, aliases="现汇", clause="P12"),
        money("利用省外项目资金", "dom_outprov", flow=True, section=OPEN, clause="P12"),
        count("期末从业人员", "emp_end", "人", required="Y", section=ECON, clause="P12、P13"),
        count("大专及以上人员", "emp_college", "人", required="Y", section=ECON, under=True),
        number("综合能源消费量", "energy_tce", "吨标准煤", flow=True, required="Y", section=GREEN, clause="S4"),
        percent("规上工业增加值可比价增速", "va_growth_const", required="Y", section=GREEN, places=1, clause="S4"),
        money("规上工业可比价增加值", "va_const", section=GREEN, help="2020 年价，四舍五入到元", clause="S4",
              formula="按比例(【2020年】.规上工业增加值, 定基指数(规上工业增加值可比价增速, 2020年), 1)"),
        number("规上工业单耗", "energy_int", "吨标准煤/万元", scale=8, places=4, section=GREEN, clause="S4",
               formula="综合能源消费量 / 规上工业可比价增加值"),
        number("污水产生量", "ww_gen", "万吨", flow=True, required="Y", section=GREEN, scale=0, clause="S4"),
        number("污水集中处理量", "ww_treated", "万吨", flow=True, required="Y", section=GREEN, scale=0, clause="S4"),
        flag("污水出水稳定达标", "ww_std", section=GREEN, clause="S2"),
        number("工业固废产生量", "sw_gen", "万吨", flow=True, section=GREEN, scale=0, clause="P16"),
        number("工业固废综合利用量", "sw_used", "万吨", flow=True, section=GREEN, scale=0, clause="P16"),
        count("重点排污单位数", "keypol_n", "家", section=GREEN, clause="S3"),
        count("在线监控联网数", "keypol_online", "家", section=GREEN, clause="S3"),
        choice("循环化改造状态", "circular_done", "循环化改造状态", section=GREEN, clause="S4"),
        flag("安全风险评估完成", "safe_assess", section=SAFE, clause="S3"),
        day("安全风险评估日期", "safe_date", needed="安全风险评估完成", section=SAFE),
        flag("安全监管信息平台建成", "safe_platform", section=SAFE, clause="S3"),
        choice("安全发展示范城市创建", "safe_city", "示范城市创建", section=SAFE, help="仅南通经开区", clause="S3"),
        count("关税保证保险应纳入企业", "tariff_ins_all", "家", section=OPEN, clause="S3"),
        count("关税保证保险已纳入企业", "tariff_ins_n", "家", section=OPEN, clause="S3"),
        flag("能耗双控目标完成", "dual_ctrl", section=GREEN, clause="S4"),
        flag("审批改革", "ref_appr", required="Y", section=SAFE, clause="S4"),
        flag("人事薪酬改革", "ref_hr", required="Y", section=SAFE, clause="S4"),
        flag("投融资改革", "ref_fin", required="Y", section=SAFE, clause="S4"),
        count("联席会议次数", "joint_meet_n", "次", section=SAFE, clause="S1"),
        count("赋权事项数", "empower_n", "项", section=SERVE, aliases="下放事项数", clause="S2、S3"),
        flag("一站式综合服务大厅", "one_stop", required="Y", section=SERVE, clause="S4"),
        count("涉企服务事项数", "svc_n", "项", required="Y", section=SERVE, clause="S2"),
        count("网上可办事项数", "svc_online_n", "项", required="Y", section=SERVE, clause="S2"),
        count("只跑一次或一次不跑事项数", "once_n", "项", section=SERVE, clause="S4"),
        count("权限内审批事项数", "perm_n", "项", section=SERVE, clause="P11"),
        count("一网通办事项数", "perm_online_n", "项", section=SERVE, clause="P11"),
        money("当年新增发债", "bond_new", flow=True, section=FUND, clause="S2"),
        money("累计存量发债", "bond_bal", section=FUND),
        money("产业引导基金规模", "fund_scale", section=FUND, clause="S2、S3、S4"),
        count("转贷服务笔数", "reloan_n", "笔", section=FUND, clause="S2"),
        money("转贷服务金额", "reloan_amt", flow=True, section=FUND, clause="S2"),
        money("降低企业成本额", "cost_cut", flow=True, section=FUND, clause="S2"),
        count("全省考评位次", "rank_prov", "位", section=RANK, clause="S2"),
        count("参评总数", "rank_total", "位", section=RANK),
        count("国家级经开区考评位次", "rank_nat", "位", section=RANK, clause="P16"),
        money("上年营业收入(本年口径)", "prev_rev_all", section=RANK, aliases="上年数"),
        text("上年数调整说明", "adj_note", limit=500, lines=True, section=RANK),
        text("备注说明", "note", limit=500, lines=True, section=RANK, aliases="备注", clause="P21"),
        choice("数字化达标等级", "digital_grade", "数字化达标等级", section=RANK, clause="S4"),
    ),
)  # fmt: skip

_PERIOD_FIELDS = {
    "rev_all": "Q", "rev_ind_up": "Q", "profit_all": "Q", "tax_all": "Q", "va_ind_up": "Q", "va_hitech": "Q", "fai": "QM", "fai_ind": "QM", "infra_inv": "",
    "park_assets": "Q", "sign_amt": "QM", "paid_amt": "QM", "fdi_prov": "QM", "fdi_mofcom": "QM", "trade_total_usd": "Q", "bond_new": "", "reloan_amt": "",
    "emp_end": "Q", "svc_n": "", "svc_online_n": "",
}  # fmt: skip

ZONE_PERIOD = Ledger(
    id="zone_period",
    label="开发区季月",
    time=Time.PERIOD,
    key=(),
    title=(),
    forms="QM",
    fields=(
        *(replace(ZONE_YEAR.by_id[id], required=required) for id, required in _PERIOD_FIELDS.items()),
        count(
            "党政专题研究次数",
            "study_cnt",
            "次",
            required="Q",
            section=SERVE,
            help="本季次数，每季至少 1 次",
            clause="S2“每季度要专题研究”",
        ),
        count(
            "应报调度通报次数",
            "due_rpt_n",
            "次",
            section=SERVE,
            formula="期序",
            help="年初累计：一季一通报、一月一调度，每期一次",
            clause="S2、S5",
        ),
        count(
            "按期报送次数",
            "ontime_rpt_n",
            "次",
            section=SERVE,
            formula="计数(年初以来.上报批次, 版本号 = 1 且 报出日期 <= 期限)",
            help="年初累计：各期第 1 版在期限内报出的",
            clause="S2、S5",
        ),
    ),
)
