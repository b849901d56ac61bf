"""What may stand in a field of a random zone: every field that a formula of the returns reads, and no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

Cell = tuple[str, ...] | Callable[[Random], str]
UNREADABLE = "约莫"  # what fits no kind: kept as typed, unknown to every figure


def words(text: str) -> tuple[str, ...]:
    """Some choices, and nothing, and what cannot be read."""
    return (*text.split(), "", UNREADABLE)


def each(labels: str, cell: Cell) -> dict[str, Cell]:
    """The same for several fields."""
    return dict.fromkeys(labels.split(), cell)


FLAG = words("是 是 是 否")
MAINLY = words("是 " * 14 + "否")
MOSTLY = ("是",) * 6 + words("否")
DAYS = words(
    "2024-12-31 2025-01-01 2025-12-31 2026-01-01 2025 2025-06 2025-12 2024 "
    "2026 2025-03-15 2025-08-09 2023-05-05 2025-01 2024-12 2024-01-01 2024-07-01"
)
LONG_AGO = words(
    "2020-09-16 2020-09-17 2020-09 2020 2021-12-31 2022-01-01 2022 2022-01 2022-09-16 2022-09-17 2021-06-30"
)[:-2]
EVER = DAYS + LONG_AGO
SINCE = words(
    "2019-01-01 2021-12-31 2022-01-01 2022 2023-03-01 2024-12-31 2025-01-01 2025-07-01 2025-12-31 2026-01-01 2025"
)
UNTIL = ("",) * 3 + words("2024-12-31 2025-01-01 2025-05-05 2025-12-31 2026-01-01 2025-12 2025 2026 2025-12-30")
EARLY = words("2020-05-19 2020-05-20 2020-05-21 2020-05-31 2020-06-01 2020-07-31 2020-08-01 2019-12-31 2020-01-01")
PEOPLE = words("01234567 ０１２３４５６７ 01234568 12345678 83000019900101123X 83000019900101123x 00000001")[:-1]


def money(chance: Random) -> str:
    """万元: blanks, noughts, losses, halves of the last place printed (in 万元 as in 亿元), round and uneven sums."""
    match chance.randrange(12):
        case 0:
            return ""
        case 1:
            return chance.choice(("0", UNREADABLE))
        case 2:
            return f"-{chance.randrange(0, 90_000)}.{chance.choice(('005', '125', '0001', '5'))}"
        case 3 | 4:
            return f"{chance.randrange(0, 9_000) * 100 + 50}"
        case 5 | 6:
            return f"{chance.randrange(-50, 900)}.{chance.choice(('005', '125', '995', '0050'))}"
        case 7:
            return f"{chance.randrange(10**6, 10**8)}.{chance.randrange(10_000):04}"
    return f"{chance.randrange(0, 200_000)}.{chance.randrange(100):02}"


def tidy(chance: Random) -> str:
    """万元 in hundreds and fifties, whose sums in 亿元 end in a five every other time."""
    return chance.choice(("", *(str(chance.randrange(-60, 300) * 100 + end) for end in (0, 50, 50))))


def bonds(chance: Random) -> str:
    """万元 of what was issued in a year, mostly nothing."""
    return chance.choice(words("0 0 0 0 50 100 250 1200.005")) if chance.random() < 0.6 else ""


def revenue(chance: Random) -> str:
    """万元 of a year's sales, often at a threshold of 10, 50 or 100 亿元."""
    if chance.random() < 0.55:
        return chance.choice(
            words(
                "100000 99999.9999 300000 299999.9999 500000 499999.9999 1000000 999999.9999 1500000 640000 120000 3000"
            )[:-2]
        )
    return money(chance)


def quiet_revenue(chance: Random) -> str:
    """万元 of a year's sales where a few enterprises are at 10 亿元 and hardly one is larger, so that one more or less decides."""
    if chance.random() < 0.02:
        return revenue(chance)
    return chance.choice(words("100000 120000 99999.9999 500 0 -12.5 2000 2500 3000 3500 4000 4500 5000"))


def investment(chance: Random) -> str:
    """万元 of a project, often at a threshold of 1, 20 or 50 亿元."""
    if chance.random() < 0.7:
        return chance.choice(
            ("10000", "9999.9999", "200000", "199999.9999", "500000", "500000", "499999.9999", "505000", "80000")
        )
    return money(chance)


def zone_revenue(chance: Random) -> str:
    """万元 of a whole zone, often at a threshold of 500, 1000, 3000 or 5000 亿元."""
    sums = words("5000000 5000000.0001 10000000 10000001 30000000 30000000.0001 50000000 50000000.0001 1000000 1331000")
    return chance.choice(sums) if chance.random() < 0.8 else money(chance)


def ratio_part(chance: Random) -> str:
    """Numbers of which quotients often end in a five."""
    return chance.choice(words("1 2 3 5 7 8 16 32 64 160 320 400 800 1000 1600 0"))


def area(chance: Random) -> str:
    """㎡, also such that 亩 and 万㎡ end in a five."""
    kind = chance.randrange(8)
    if kind == 0:
        return chance.choice(("", "0", UNREADABLE))
    if kind < 4:
        return f"{chance.randrange(1, 400) * 50}"
    return f"{chance.randrange(1, 60_000)}.{chance.randrange(100):02}"


def whole(chance: Random) -> str:
    """A count of people or of cases."""
    return chance.choice(("", "0", "1", "7", UNREADABLE, str(chance.randrange(3_000))))


def rate(chance: Random) -> str:
    """A year's growth in %; seldom missing, for then none of the years after can be reckoned."""
    rates = words("8.5 0 -3.25 10 7.1234 12.5 25 6 6 9 9.9 5 5")
    return chance.choice(rates if chance.random() < 0.15 else rates[:-2])


Cells = Mapping[str, Mapping[str, Cell]]
CELLS: Cells = {
    "开发区": {
        "级别": words("国家级 国家级 省级 省级 其他"),
        "开发区类型": words("国家级经开区 国家级经开区 国家级高新区 省级经开区"),
        "层级角色": words("独立 主园/核心园"),
        "合作区产业园": words("赣州 南昌 吉安"),
        "核心区面积": words("0 12 0.0001 340.5"),
    },
    "开发区年度": {
        **each("营业收入(全口径)", zone_revenue),
        "利润总额(全口径)": ("100000", "133100", "146410", "-5", "0", "", "250000.125", "1000000", UNREADABLE),
        **each(
            "工业投资 规上工业增加值 综合能源消费量 污水产生量 污水集中处理量 工业固废产生量 工业固废综合利用量",
            ratio_part,
        ),
        "基础设施投入": money,
        "规上工业增加值可比价增速": rate,
        **each("联席会议次数 涉企服务事项数 网上可办事项数 只跑一次或一次不跑事项数", ratio_part),
        **each("审批改革 人事薪酬改革 投融资改革 一站式综合服务大厅 能耗双控目标完成", FLAG),
        "循环化改造状态": words("未实施 实施中 通过验收 通过验收"),
        "数字化达标等级": words("1级 2级 3级 4级 5级"),
        **each("规上工业营业收入 全区税收收入 固定资产投资额", money),
        **each("实际使用外资(商务部口径) 进出口总额(美元) 出口总额(美元)", tidy),
        **each("期末从业人员 赋权事项数", whole),
        **each(
            "重点排污单位数 在线监控联网数 关税保证保险应纳入企业 关税保证保险已纳入企业 高新技术产业增加值", ratio_part
        ),
        **each("安全风险评估完成 安全监管信息平台建成", FLAG),
        "安全风险评估日期": words("2022-12-31 2022-12 2022 2023-01-01 2023 2021-06-30 2022-07-01"),
        "安全发展示范城市创建": words("未创建 创建中 建成 建成"),
        "全省考评位次": words("1 19 20 20 21 49 50 51"),
        "园区资产总额": tidy,
        **each("当年新增发债 转贷服务金额", bonds),
        "转贷服务笔数": whole,
        "降低企业成本额": money,
        "污水出水稳定达标": MAINLY,
    },
    "开发区季月": {
        **each("营业收入(全口径) 利润总额(全口径) 园区资产总额", tidy),
        **each("规上工业增加值 高新技术产业增加值 涉企服务事项数 网上可办事项数", ratio_part),
        **each("当年新增发债 转贷服务金额", bonds),
        "党政专题研究次数": words("0 1 1 2 3"),
    },
    "试点示范": {"确定日期": EARLY, "方案日期": EARLY},
    "人才团队": {
        "级别": words("国家 省 省 市"),
        "人才类型": words("院士 顶尖科学家 创新人才 团队"),
        "人数": words("0 1 3 120"),
        "引进日期": SINCE + EARLY,
        "离开日期": UNTIL,
        "来源机构": words("中科院稀土研究院 中科院稀土研究院 江西理工大学")[:-1],
    },
    "科研任务": {"级别": words("国家 省 省 市"), "开始年度": words("2019 2020 2021 2022 2023")},
    "产业集群": {
        "集群级别": words("世界 国家 省级 省级培育 省级特色 市级"),
        "集群类型": words("主导 特色 大健康 大健康"),
        "集群营业收入": ("10000000", "10000000.0001", "", "30000050", "5", "-50", UNREADABLE),
    },
    "基准": {"范围": words("全省 全省 全国"), "基准值": ("8.5", "-1.25", "0", "", "7.05", UNREADABLE)},
    "企业": {
        "行业代码": words("0610 0511 3973 3973 4690 4710 39 2710 6511 3360 3841"),
        "入园时间": EVER,
        "投产日期": SINCE,
        **each("世界500强 台湾百大 行业龙头", FLAG[2:]),
        "资本构成标记": words("内资 港资 澳资 台资 外资"),
        "总部类型": words("地区总部 研发 物流 结算 其他"),
        "上市日期": EVER,
        "股改日期": EVER,
        "首次入规年月": words("2025-01 2025-06 2025-09 2025-12 2024-12 2026-01"),
        "是否两城两谷两带": FLAG,
    },
    "企业年度": {
        **each("是否规上 是否台资", FLAG),
        "运营状态": words("正常运营 " * 5 + "筹建 停业（歇业） 当年注销"),
        **each("上云上平台 有研发机构 重点骨干企业 亩产效益参评", FLAG),
        "链主领航": words("链主 领航 龙头"),
        "退出日期": UNTIL,
        "亩产效益等级": words("A B C D 不定"),
        "所属产业": words("首位 首位 主导 新兴 其他"),
        "企业规模": words("大型 中型 小型 微型"),
    },
    "经济数据": {
        "营业收入": revenue,
        **each(
            "工业总产值 利润总额 实际上缴税费总额 研发费用合计 研发费用加计扣除额 出口额 进口额 R&D经费支出 累计固定资产投资",
            money,
        ),
        "期末从业人员": whole,
        "有R&D活动": FLAG,
    },
    "台资企业": {"合同台资额": money, "台干人数": whole},
    "到资流水": {
        "到资日期": EVER,
        "币种": ("人民币", "美元", "港元", "新台币", "欧元", "日元"),
        "原币额": money,
        "折美元汇率": ("0.1389", "1", "0.128", "0.031", "1.08"),
        "折人民币汇率": ("1", "7.2", "0.92", "0.2231", "7.8"),
        **each("折万美元 折万元", money),
        **each("计入台办口径", MOSTLY),
        "第三地转投资": FLAG,
        "到资方式": words("现汇 跨境人民币 实物设备 利润再投资 股权并购 外债/股东贷款"),
    },
    "台湾青年": {"证件号": PEOPLE, "类型": words("就业 就业 创业 实习"), "起始日期": EVER, "终止日期": UNTIL},
    "企业资质": {
        "资质": words(
            "高新技术企业 科技型中小企业 专精特新中小企业 专精特新“小巨人”企业 重点“小巨人”企业 制造业单项冠军企业 "
            "绿色工厂 智能制造示范工厂/车间 瞪羚企业 独角兽企业 星级上云 "
            "两化融合管理体系 省级服务型制造 国家智能制造示范项目 国家智能制造示范项目"
        ),
        "级别": words("国家 国家 省 市"),
        "认定日期": SINCE,
        "有效期至": UNTIL,
        "资质状态": ("有效", "", "", "失效", UNREADABLE),
    },
    "交流活动": {"结束日期": EVER, "台湾青年人次": whole, "本场台青人数": whole},
    "交流人员": {"证件号": PEOPLE, "是否青年": FLAG},
    "台青平台": {"授牌日期": SINCE, "关闭日期": UNTIL},
    "主题产业园": {"主题园类型": words("台湾园中园 台湾园中园 专题园"), "规划面积": ratio_part, "开园日期": EVER},
    "招商活动": {"活动日期": DAYS, "活动地点": words("昆山 东莞 厦门 台湾 深圳 其他")},
    "问题": {"提出日期": DAYS, "办理状态": words("待办 办理中 办结 办结 销号"), "办结日期": UNTIL, "办结期限": UNTIL},
    "创新平台": {
        "平台类型": words("工业设计中心 工业设计中心 孵化器 众创空间 企业技术中心"),
        "级别": words("国家 省 市 县"),
        "认定日期": SINCE,
        "到期日期": UNTIL,
    },
    "开发区产业": {"产业地位": words("首位 主导 主导 新兴 新兴")},
    "产业链": {
        "产业链类型": words("优势特色 新兴 传统"),
        **each("产业链图 技术路线图 应用领域图 区域分布图", MAINLY),
        **each("项目清单 企业清单 集群清单 政策清单 问题清单", MAINLY),
    },
    "开发区称号": {
        "称号": words(
            "绿色园区 绿色园区 两化融合示范园区 数字化转型标杆园区 智慧 外贸转型升级基地 服务业集聚区 服务业集聚区 生态工业"
        ),
        "称号级别": words("国家 省 省 市"),
        "获批日期": SINCE,
        "有效期止": UNTIL,
    },
    "开发区文件": {
        "文件类别": words("产业园发展规划 实施方案 权责清单 政务服务事项目录和实施清单 区域评估成果应用指南"),
        "印发日期": DAYS + EARLY,
    },
    "上报批次": {
        "报表包": ("台办", "台办", "工信"),
        "报出日期": DAYS,
        "期限": ("2025-01-01", "2025-12-31", "2025-06-15", ""),
    },
    "宗地": {
        "宗地面积": area,
        "土地用途": words("工业 工业 工业 仓储 商服"),
        "供应日期": EVER,
        "实际动工日期": SINCE,
        **each("是否标准地 是否承诺制", FLAG),
    },
    "宗地年度": {
        "供应分类": words("划拨 有偿使用且未到期 有偿使用已到期未处置 已供应 尚可供应工矿仓储 不可供应"),
        **each("闲置认定 低效认定", FLAG),
        "闲置处置日期": DAYS,
        "已处置面积": area,
    },
    "宗地占用": {"占用方式": words("自用 自用 租入 租出"), "占用土地面积": area, "起始日期": SINCE, "终止日期": UNTIL},
    "标准厂房": {"总建筑面积": area, "可租售面积": area, "开工日期": EVER, "竣工日期": EVER},
    "厂房入驻": {"租用面积": area, "起始日期": SINCE, "终止日期": UNTIL},
    "项目": {
        "行业代码": words("0610 0511 3973 4690 4710 6511 2710"),
        "项目性质": words("新引进 新引进 增资扩股 技改 基础设施"),
        "内外资": words("台资 台资 台资 内资 港资 外资 澳资"),
        "先进制造业": FLAG,
        "外资总投资": words("15000 14999.99 15000.01 20000 30000 800 0"),
        "单体或集群": words("单体 单体 单体 同一产业链集群 集群成员"),
        "计划总投资": investment,
        "当前阶段": words("意向 储备 在谈 签约 注册落地 开工 在建 竣工 投产 达产营运 终止"),
        "签约日期": EVER,
        **each("注册日期 开工日期 投产日期", EVER),
        **each("签约金额 累计到位资金", tidy),
        "累计完成投资": money,
        **dict.fromkeys(("包干领导", "责任单位", "任务清单"), ("有", "有", "有", "")),
    },
}
QUIET: Cells = {**CELLS, "经济数据": {**CELLS["经济数据"], "营业收入": quiet_revenue}}
TIDY: Cells = {
    name: {label: tidy if cell is money else cell for label, cell in cells.items()} for name, cells in QUIET.items()
}
MOODS = (CELLS, QUIET, TIDY)
