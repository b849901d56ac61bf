"""项目 (ledgers.md §6): stages as dated milestones, money planned and come in; 项目月度: the monthly round of S5 “一月一调度”."""

from __future__ import annotations

from models.fields import ALWAYS, area, choice, count, credit_code, day, flag, link, money, number, text
from models.ledger import Ledger, Time
from models.ledgers.enterprise import INDUSTRIAL

WHAT, WHO, SUM, STAGE, DATES, MONEY, DUTY = "项目", "投资方", "投资", "阶段与计划", "里程碑", "完成与到位", "包干与标记"
_ABROAD = '属于(内外资, "港资", "澳资", "台资", "外资")'


def _since(stage: str) -> str:
    """The condition that the project has come to ``stage`` (its code) and was not given up."""
    return f'当前阶段 ≠ "终止" 且 属于(当前阶段, {", ".join(f"{chr(34)}{code}{chr(34)}" for code in range(int(stage), 10))})'


PROJECT = Ledger(
    id="project",
    label="项目",
    time=Time.LASTING,
    key=("proj_no",),
    title=("proj_name", "proj_no"),
    fields=(
        text("项目编号", "proj_no", limit=40, required=ALWAYS, section=WHAT, aliases="编号 项目代码", help="区代码-年-序号"),
        text("项目名称", "proj_name", required=ALWAYS, section=WHAT, width=220, aliases="名称 项目"),
        text("在线平台代码", "online_code", limit=40, needed=_since("5"), section=WHAT, aliases="投资项目在线平台代码 项目统一代码 赋码",
             help="形如 2020-360700-39-03-012345", clause="P15"),
        choice("行业代码", "ind_code", "国民经济行业", required=ALWAYS, section=WHAT, aliases="行业 所属行业 行业类别", clause="GB/T 4754—2017"),
        flag("是否工业项目", "is_ind", section=WHAT, formula=INDUSTRIAL, help="行业代码 0610—4690"),
        text("产业链编号", "chain_id", limit=40, required=ALWAYS, section=WHAT, aliases="产业链 所属产业链", clause="S4"),
        text("主题园编号", "theme_id", limit=40, section=WHAT, aliases="主题园 主题产业园", clause="S4"),
        choice("战略性新兴产业类别", "sei_class", "战略性新兴产业", section=WHAT, aliases="战新产业", clause="S5"),
        flag("先进制造业", "adv_mfg", section=WHAT, clause="S3"),
        choice("项目性质", "nature", "项目性质", required=ALWAYS, section=WHAT, aliases="性质 建设性质", clause="P10、S5"),
        flag("产业转移项目", "is_transfer", section=WHAT, clause="S5"),
        flag("重大产业转移调度", "is_transfer_key", section=WHAT, aliases="列入重大产业转移调度", clause="S5"),
        choice("单体或集群", "single", "项目单体集群", required=ALWAYS, section=WHAT, aliases="单体/集群", clause="S4"),
        text("所属集群项目编号", "parent_proj_no", limit=40, needed='单体或集群 = "集群成员"', section=WHAT, aliases="所属集群项目", clause="S4"),
        credit_code("项目法人代码", "owner_uscc", needed=_since("4"), section=WHO, aliases="项目法人信用代码 项目单位信用代码", clause="S5"),
        text("投资方", "investor", required=ALWAYS, section=WHO, aliases="投资主体 投资单位 投资企业"),
        choice("来源地", "src_region", "项目来源地", required=ALWAYS, section=WHO, aliases="投资方来源地 投资来源地", clause="S1、S5"),
        choice("投资方标记", "inv_tag", "投资方标记", section=WHO, clause="S5"),
        choice("内外资", "fund_type", "资本构成", required=ALWAYS, section=WHO, aliases="资金类型 资本性质", clause="S1、S2、S5"),
        money("计划总投资", "inv_total", required=ALWAYS, section=SUM, aliases="总投资 投资总额 项目总投资", help="外资按原币额乘汇率折人民币", clause="S2、S4、S5"),
        money("计划固定资产投资", "inv_fa", required=ALWAYS, section=SUM, under=True),
        choice("币种", "cur", "币种", needed=_ABROAD, section=SUM),
        money("原币额", "inv_fc", unit="原币万元", needed=_ABROAD, section=SUM, clause="S3、S5"),
        number("折美元汇率", "fx_usd", scale=6, places=4, high=10**9, needed=_ABROAD, section=SUM, help="1 单位原币折合美元"),
        number("折人民币汇率", "fx_cny", scale=6, places=4, high=10**9, needed=_ABROAD, section=SUM, help="1 单位原币折合人民币"),
        money("外资总投资", "inv_usd", unit="万美元", needed=_ABROAD, section=SUM, aliases="外资总投资(美元)", help="美元门槛一律比本项", clause="S3、S5"),
        flag("5020项目", "is_5020", section=SUM, clause="S2、S4", help="国家级 50 亿元、省级 20 亿元以上；文件没有给出定义，按通行口径",
             formula='属于(开发区.级别, "国家级", "省级") 且 计划总投资 >= 若(开发区.级别 = "国家级", 50亿元, 20亿元)'),
        flag("亿元以上", "is_1yi", section=SUM, formula="计划总投资 >= 1亿元", clause="S4"),
        area("用地需求", "land_need", unit="亩", section=SUM, aliases="用地面积 拟用地面积"),
        link("宗地", "parcel", "parcel", section=SUM, aliases="宗地编号"),
        choice("当前阶段", "stage", "项目阶段", required=ALWAYS, section=STAGE, aliases="阶段 项目阶段 进展阶段", clause="S4、S5"),
        day("计划开工日期", "p_start", required=ALWAYS, section=STAGE, aliases="计划开工时间"),
        day("计划投产日期", "p_prod", required=ALWAYS, section=STAGE, aliases="计划投产时间"),
        day("意向日期", "d_lead", section=DATES, aliases="储备日期", clause="S5"),
        day("在谈日期", "d_talk", section=DATES),
        day("签约日期", "d_sign", needed=_since("3"), section=DATES, aliases="签约时间", clause="S4“每年签约引进”"),
        money("签约金额", "sign_amt", needed=_since("3"), section=DATES, aliases="签约资金"),
        text("协议号", "agr_no", limit=60, needed=_since("3"), section=DATES),
        day("注册日期", "d_reg", needed=_since("4"), section=DATES, aliases="注册时间", clause="S2、S5"),
        day("备案日期", "d_file", section=DATES, aliases="核准日期"),
        day("土地摘牌日期", "d_land", section=DATES),
        day("施工许可日期", "d_permit", section=DATES),
        day("开工日期", "d_start", needed=_since("5"), section=DATES, aliases="开工时间", clause="S2、S4"),
        day("竣工日期", "d_done", section=DATES, aliases="竣工时间"),
        day("投产日期", "d_prod", needed=_since("8"), section=DATES, aliases="投产时间", clause="S2、S4、S5"),
        day("达产日期", "d_full", section=DATES, aliases="达产时间", clause="S5“营运”"),
        day("终止日期", "d_stop", needed='当前阶段 = "终止"', section=DATES),
        text("终止原因", "stop_reason", needed='当前阶段 = "终止"', section=DATES),
        money("累计完成投资", "inv_cum", needed=_since("5"), section=MONEY, aliases="自开始建设累计完成投资", clause="P15"),
        money("本年完成投资", "inv_ytd", section=MONEY, clause="P15"),
        money("累计到位资金", "paid_cum", required=ALWAYS, section=MONEY, aliases="累计实际到位资金", clause="S2“进资率”"),
        money("本年到位资金", "paid_ytd", required=ALWAYS, section=MONEY),
        money("累计到位外资", "paid_fc", unit="万美元", needed=_ABROAD, section=MONEY, aliases="其中外资"),
        text("包干领导", "lead_person", limit=40, needed="亿元以上", section=DUTY, aliases="包联领导 挂点领导", clause="S4“一名包干领导”"),
        text("责任单位", "duty_unit", needed="亿元以上", section=DUTY, clause="S4“一个责任单位”"),
        text("任务清单", "task_list", limit=500, lines=True, needed="亿元以上", section=DUTY, clause="S4“一张任务清单”"),
        text("重大项目标记", "key_tag", section=DUTY, help="可填多个，用顿号隔开：省重点、市重点、湘南第一批 …", clause="S5、P12"),
        text("备注", "note", limit=500, lines=True, section=DUTY, help="注册早于签约时写明"),
    ),
)  # fmt: skip

PROJECT_MONTH = Ledger(
    id="project_month",
    label="项目月度",
    time=Time.PERIOD,
    key=("proj",),
    title=("proj",),
    forms="M",
    fields=(
        link("项目", "proj", "project", required=ALWAYS, aliases="项目名称"),
        choice("阶段", "stage", "项目阶段", required=ALWAYS, aliases="当前阶段 进展阶段", clause="S5“一月一调度”"),
        money("本月完成投资", "inv_m", help="1 月免报", clause="P15"),
        money("本年完成投资", "inv_ytd", clause="P15"),
        money("累计完成投资", "inv_cum", clause="P15"),
        money("本年到位资金", "paid_ytd"),
        money("累计到位资金", "paid_cum"),
        count("用工人数", "emp_n", "人", aliases="用工"),
        text("进展情况", "progress_text", limit=500, lines=True, aliases="形象进度"),
        text("存在问题", "problem", limit=500, lines=True, aliases="问题"),
        text("下一步", "next_step", limit=500, lines=True, aliases="下一步打算"),
        text("填表人", "filler", limit=40),
        day("填表日期", "fill_date"),
    ),
)  # fmt: skip
