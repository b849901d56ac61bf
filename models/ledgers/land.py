"""宗地, 宗地年度 (ledgers.md §4) and 宗地占用 (§4b): what was supplied to whom, its state at a year's end, who stands on it."""

from __future__ import annotations

from models.fields import ALWAYS, area, choice, count, credit_code, day, flag, link, money, number, text
from models.ledger import Ledger, Rolling, Time

WHAT, SUPPLY, TERMS, STANDARD = "宗地", "供应与合同", "约定与进度", "标准地"
_SUPPLIED, _STD = "已填(供应日期)", "是否标准地"
_GRANTED = '已填(供应日期) 且 供应方式 ≠ "划拨"'
_NEW_IND = '土地用途 = "工业" 且 供应日期 在 本年'
_IND = '土地用途 = "工业"'

PARCEL = Ledger(
    id="parcel",
    label="宗地",
    time=Time.LASTING,
    key=("parcel_no",),
    title=("parcel_no", "location"),
    fields=(
        text("宗地编号", "parcel_no", limit=40, required=ALWAYS, section=WHAT, aliases="宗地号 地块编号 地块号 编号", clause="P-出让合同字段"),
        text("电子监管号", "elec_no", limit=40, section=WHAT, clause="P-出让合同字段"),
        text("不动产单元号", "re_unit_no", limit=28, section=WHAT, help="28 位"),
        text("权证号", "cert_no", limit=60, section=WHAT, aliases="不动产权证号 土地证号"),
        text("坐落", "location", required=ALWAYS, section=WHAT, width=200, aliases="宗地坐落 土地坐落 位置 宗地位置 地块位置"),
        text("四至", "bounds", required=ALWAYS, section=WHAT),
        area("宗地面积", "area_m2", required=ALWAYS, section=WHAT, aliases="土地面积 面积 出让面积 供应面积"),
        choice("土地用途", "use_code", "土地用途", required=ALWAYS, section=WHAT, aliases="用途 规划用途", help="工业用途才计入亩均"),
        choice("供应方式", "supply_way", "供应方式", needed=_SUPPLIED, section=SUPPLY, aliases="出让方式 供地方式", clause="S3、P-洛阳"),
        day("供应日期", "supply_date", needed="已填(供应方式)", section=SUPPLY, aliases="供地日期 成交日期", help="划拨为决定书日期，出让为合同签订日"),
        credit_code("土地使用权人代码", "owner_uscc", needed=_SUPPLIED, section=SUPPLY, aliases="土地使用权人信用代码 受让人信用代码"),
        text("土地使用权人", "owner_name", limit=120, section=SUPPLY, aliases="受让人 受让单位 竞得人 竞得单位 土地使用者"),
        text("出让合同号", "contract_no", limit=60, needed=_SUPPLIED, section=SUPPLY, aliases="合同编号 合同号"),
        day("合同签订日期", "sign_date", needed=_SUPPLIED, section=SUPPLY, aliases="签订日期 合同签订时间"),
        money("出让价款", "price", section=SUPPLY, aliases="成交价款 成交价 成交价格 土地出让金"),
        money("已缴价款", "price_paid", section=SUPPLY, under=True),
        count("使用年限", "term_y", "年", section=SUPPLY, aliases="出让年限"),
        day("到期日", "expire_date", section=SUPPLY, aliases="终止日期"),
        day("约定动工日期", "start_due", needed=_GRANTED, section=TERMS, clause="P5、P-出让合同字段"),
        day("约定竣工日期", "finish_due", needed=_GRANTED, section=TERMS, clause="P5"),
        day("实际动工日期", "start_act", section=TERMS, aliases="动工日期 开工日期", clause="P5“动工开发”"),
        day("实际竣工日期", "finish_act", section=TERMS, aliases="竣工日期"),
        day("投产日期", "prod_date", section=TERMS),
        area("应动工面积", "due_area_m2", section=TERMS, clause="P5"),
        money("约定总投资", "inv_due", needed=_IND, section=TERMS, help="不含土地出让价款和税费", clause="P5 第32条"),
        text("延期动工批准文号", "delay_doc", section=TERMS, clause="P5"),
        flag("是否标准地", "std_land", needed=_NEW_IND, section=STANDARD, aliases="标准地", clause="S2、S4"),
        flag("是否承诺制", "commit", needed=_NEW_IND, section=STANDARD, aliases="承诺制", clause="S2、S4"),
        number("固定资产投资强度标准", "sl_inv", "万元/亩", needed=_STD, section=STANDARD, clause="P7"),
        number("亩均税收标准", "sl_tax", "万元/亩", needed=_STD, section=STANDARD, clause="P7、S2"),
        number("容积率下限", "sl_far", needed=_STD, section=STANDARD, clause="P7"),
        number("单位能耗标准", "sl_energy", "吨标准煤/万元", scale=8, places=4, needed=_STD, section=STANDARD, clause="P7"),
        text("单位排放标准", "sl_emis", needed=_STD, section=STANDARD, clause="P7"),
        number("规划容积率", "far_plan", needed="已填(实际竣工日期)", section=STANDARD, clause="P20"),
        area("竣工厂房面积", "fac_done_m2", formula="合计(标准厂房.总建筑面积, 竣工日期 <= 期末)", section=STANDARD, help="宗地上期末已竣工的标准厂房"),
        number("宗地容积率", "far", formula="竣工厂房面积 / 宗地面积", section=STANDARD, help="标准厂房租户折算占地用"),
    ),
)  # fmt: skip

STATE, IDLE, LOW, BUILT = "年末状态", "闲置", "低效", "建成"
_HALTED = "已填(中止建设起始日) 且 满年(中止建设起始日, 期末) >= 1"
_CALCULATED = (  # 闲置土地处置办法 第二条: the year is up on the day itself; 延期 granted and land taken back are no idle land
    '若(开头是(供应分类, "D") 且 开发状态 ≠ "收回" 且 非 已填(宗地.延期动工批准文号) 且 已填(宗地.约定动工日期) '
    "且 满年(宗地.约定动工日期, 期末) >= 1 且 非 (已填(宗地.实际动工日期) 且 宗地.实际动工日期 <= 期末), "
    '"超期未动工", '
    f"若({_HALTED} 且 已填(已动工面积, 宗地.应动工面积) 且 已动工面积 * 3 < 宗地.应动工面积, "
    '"动工面积不足且中止", '
    f"若({_HALTED} 且 已填(已投资额, 宗地.约定总投资) 且 已投资额 * 4 < 宗地.约定总投资, "
    '"投资额不足且中止", "不闲置")))'
)
_BUILT = '属于(开发状态, "已建成投产", "已建成未投产")'

PARCEL_YEAR = Ledger(
    id="parcel_year",
    label="宗地年度",
    time=Time.YEARLY,
    key=("parcel",),
    title=("parcel",),
    rolls=Rolling(
        states=(
            "cls", "supply_cls", "dev_state", "started_area_m2", "inv_act", "halt_date", "idle", "idle_type", "idle_doc", "idle_disp",
            "idle_disp_date", "loweff", "loweff_type", "disp_plan_m2", "disp_done_m2", "bld_area_m2", "base_area_m2", "admin_area_m2",
            "green_m2",
        ),
        left={"dev_state": ("8",)},
    ),
    fields=(
        link("宗地", "parcel", "parcel", required=ALWAYS, section=STATE),
        choice("规程地类", "cls", "土地利用分类", required=ALWAYS, section=STATE, clause="P6"),
        choice("供应分类", "supply_cls", "供应分类", required=ALWAYS, section=STATE, help="D 开头为已供应", clause="P6"),
        choice("开发状态", "dev_state", "开发状态", required=ALWAYS, section=STATE),
        area("已动工面积", "started_area_m2", section=STATE, clause="P5"),
        money("已投资额", "inv_act", needed='宗地.土地用途 = "工业"', section=STATE, help="不含土地出让价款和税费", clause="P5 第32条"),
        day("中止建设起始日", "halt_date", section=STATE, clause="P5"),
        flag("闲置认定", "idle", required=ALWAYS, section=IDLE, aliases="是否闲置", clause="P5"),
        choice("闲置推算", "idle_calc", "闲置推算", formula=_CALCULATED, section=IDLE, help="按期末和填报的日期、面积、投资推算，与认定比对", clause="P5 第二条"),
        choice("闲置类型", "idle_type", "闲置类型", needed="闲置认定", section=IDLE, clause="P5"),
        text("闲置认定书号", "idle_doc", limit=60, needed="闲置认定", section=IDLE),
        choice("闲置处置方式", "idle_disp", "处置方式", needed="闲置认定", section=IDLE, clause="S2、S4"),
        day("闲置处置日期", "idle_disp_date", needed="已填(闲置处置方式)", section=IDLE),
        flag("低效认定", "loweff", required=ALWAYS, section=LOW, aliases="是否低效", clause="S2“低效用地盘活”"),
        choice("低效类型", "loweff_type", "低效类型", needed="低效认定", section=LOW, clause="P14"),
        area("计划处置面积", "disp_plan_m2", section=LOW),
        area("已处置面积", "disp_done_m2", section=LOW),
        area("剩余待处置面积", "disp_left_m2", formula="计划处置面积 - 已处置面积", section=LOW, clause="P14"),
        area("实际总建筑面积", "bld_area_m2", needed=_BUILT, section=BUILT, aliases="总建筑面积 建筑面积", help="层高超过 8 米计容加倍", clause="P20"),
        area("建筑基底面积", "base_area_m2", needed=_BUILT, section=BUILT, help="含构筑物、堆场", clause="P20 建筑系数"),
        area("行政办公及生活设施用地", "admin_area_m2", section=BUILT, clause="P20"),
        area("绿地面积", "green_m2", section=BUILT, clause="P20"),
    ),
)  # fmt: skip

PARCEL_USE = Ledger(
    id="parcel_use",
    label="宗地占用",
    time=Time.EVENT,
    key=("parcel", "ent", "from_date"),
    title=("parcel", "ent"),
    event="from_date",
    fields=(
        link("宗地", "parcel", "parcel", required=ALWAYS, aliases="宗地编号"),
        link("企业", "ent", "enterprise", required=ALWAYS, aliases="占用企业"),
        choice("占用方式", "use_way", "占用方式", required=ALWAYS, help="自用是扣除租出后的净面积；租出只作核对，不进分母"),
        area("占用土地面积", "area_m2", required=ALWAYS, aliases="占用面积 面积"),
        day("起始日期", "from_date", required=ALWAYS, aliases="占用起始日期 开始日期"),
        day("终止日期", "to_date", aliases="占用终止日期 结束日期"),
        choice("占用依据", "basis", "占用依据"),
        flag("期末在用", "in_use", formula="起始日期 <= 期末 且 (非 已填(终止日期) 或 终止日期 > 期末)"),
    ),
)  # fmt: skip
