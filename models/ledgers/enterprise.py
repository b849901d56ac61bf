"""企业 (ledgers.md §2, after form 101-1) and 企业年度 (§2b): who an enterprise is, and what it was in a year."""

from __future__ import annotations

from models.fields import ALWAYS, choice, credit_code, day, flag, link, month, percent, text
from models.ledger import Ledger, Rolling, Time

WHO, WHERE, TRADE, MARKS, CONTACT = "身份", "地址", "行业与登记", "上市与标记", "联系与来源"
INDUSTRIAL = '行业代码 >= "0610" 且 行业代码 <= "4690"'  # ledgers.md §0.3: 是否工业 of whatever has a 行业代码

ENTERPRISE = Ledger(
    id="enterprise",
    label="企业",
    time=Time.LASTING,
    key=("uscc",),
    title=("ent_name", "uscc"),
    fields=(
        text("单位详细名称", "ent_name", limit=120, required=ALWAYS, section=WHO, width=200, clause="P2 101-1",
             aliases="企业名称 单位名称 企业全称 名称 公司名称 企业名 企业(单位)名称 单位全称 申报企业 公司全称 证券名称 机构名称"),
        credit_code("统一社会信用代码", "uscc", required=ALWAYS, section=WHO, width=170, clause="GB 32100、GB 11714",
                    aliases="信用代码 社会信用代码 统一信用代码 统一代码 组织机构代码 税号 纳税人识别号 机构代码 USCC"),
        text("注册号(15位)", "old_reg_no", limit=15, section=WHO, aliases="注册号 工商注册号 营业执照注册号", help="没有换领统一社会信用代码的老注册号"),
        text("曾用名", "former_name", section=WHO, aliases="原名称 原名 更名前名称"),
        text("法定代表人", "legal_rep", limit=40, required=ALWAYS, section=WHO, aliases="法人 法人代表 负责人 法定代表人姓名", clause="P2、P1"),
        day("成立时间", "open_date", required=ALWAYS, section=WHO, aliases="成立(开业)时间 成立日期 开业时间 注册时间 注册日期 设立时间 登记日期"),
        day("入园时间", "enter_date", required=ALWAYS, section=WHO, aliases="入驻时间 入园日期 进区时间 入区时间 落户时间", clause="S1“新入驻”"),
        text("注册地址区划", "reg_region", limit=12, nested=True, required=ALWAYS, section=WHERE, aliases="注册地区划代码 注册地行政区划 所属区划"),
        text("经营地区划", "op_region", limit=12, nested=True, required=ALWAYS, section=WHERE, aliases="经营地区划代码 生产经营地区划"),
        text("详细地址", "address", required=ALWAYS, section=WHERE, aliases="地址 注册地址 单位地址 经营地址 通讯地址 住所 企业地址"),
        text("主要业务活动1", "main_biz1", required=ALWAYS, section=TRADE, aliases="主要业务活动 主营业务 主要产品 经营范围 主营产品"),
        text("主要业务活动2", "main_biz2", section=TRADE),
        text("主要业务活动3", "main_biz3", section=TRADE),
        choice("行业代码", "ind_code", "国民经济行业", required=ALWAYS, section=TRADE, clause="GB/T 4754—2017",
               aliases="行业 所属行业 行业类别 国民经济行业 行业代码及名称 行业小类 行业分类"),
        flag("是否工业", "is_ind", section=TRADE, formula=INDUSTRIAL, help="行业代码 0610—4690"),
        flag("是否高技术制造业", "hitech_ind", section=TRADE, formula='属于(行业代码, 代码表("高技术制造业"))', help="高技术产业(制造业)分类 2017"),
        flag("是否两城两谷两带", "twocity", section=TRADE, help="仅赣州", clause="S2"),
        choice("登记类别版本", "reg_scheme", "登记类别版本", required=ALWAYS, section=TRADE),
        choice("登记注册统计类别", "reg_type", "登记注册统计类别", required=ALWAYS, section=TRADE,
               aliases="登记类别 登记注册类型 注册类型 企业类型 经济类型 登记注册统计类别代码", clause="国统字〔2023〕14号"),
        choice("控股情况", "holding", "控股情况", required=ALWAYS, section=TRADE, aliases="企业控股情况"),
        choice("总部类型", "hq_kind", "总部类型", section=MARKS, aliases="跨国公司地区总部 功能性机构", clause="S3"),
        month("首次入规年月", "up_date", needed="企业年度.是否规上", section=MARKS, aliases="入规时间 入统时间 首次入统年月 入规年月", clause="S2 新入规"),
        month("退规年月", "down_date", section=MARKS, aliases="退规时间 退统时间"),
        day("投产日期", "prod_date", needed='企业年度.运营状态 = "正常运营" 且 是否工业', section=MARKS, aliases="投产时间 开工投产时间"),
        choice("资本构成标记", "cap_tag", "资本构成", required=ALWAYS, section=MARKS, aliases="资本构成 资本性质 内外资", clause="S1、P1"),
        flag("世界500强", "top500", section=MARKS),
        flag("国内100强", "top100", section=MARKS),
        flag("台湾百大", "tw100", section=MARKS, clause="S1"),
        flag("行业龙头", "leader_flag", section=MARKS, clause="S1"),
        text("依据年度", "flag_year", limit=4, section=MARKS, needed="世界500强 或 国内100强 或 台湾百大 或 行业龙头"),
        choice("上市状态", "ipo_state", "上市状态", section=MARKS, clause="S2"),
        choice("上市板块", "ipo_board", "上市板块", section=MARKS, aliases="板块"),
        text("证券代码", "ipo_code", limit=20, section=MARKS, aliases="上市代码 股票代码"),
        day("上市日期", "ipo_date", section=MARKS, aliases="上市时间 挂牌日期"),
        day("股改日期", "reform_date", section=MARKS, aliases="股改时间", clause="S2"),
        text("联系人", "contact", limit=40, section=CONTACT, personal=True, aliases="企业联系人 联系人姓名"),
        text("联系电话", "tel", limit=60, section=CONTACT, personal=True, aliases="电话 手机 联系方式 手机号 联系人电话"),
        text("邮箱", "email", limit=80, section=CONTACT, personal=True, aliases="电子邮箱 Email E-mail"),
        text("包联领导", "liaison", limit=60, section=CONTACT, aliases="挂点领导 首席服务员 包联干部", clause="S2、S4"),
        text("数据来源", "src", required=ALWAYS, section=CONTACT, aliases="信息来源 来源"),
        day("更新日期", "upd_date", required=ALWAYS, section=CONTACT, aliases="更新时间"),
    ),
)  # fmt: skip

STATE, GROUND, LEAVE = "年度状态", "用地与研发", "进出"


def _listed(kind: str) -> str:
    """The condition that the enterprise's 行业代码 is among those of a kind of 开发区产业."""
    return f'计数(开发区产业, 产业地位 = "{kind}" 且 开头是(本行.企业.行业代码, 行业代码前缀)) >= 1'


_BY_LIST = (  # empty without a code, whose length is then unknown
    f'若({_listed("首位")}, "首位", 若({_listed("主导")}, "主导", 若({_listed("新兴")}, "新兴", '
    '若(长度(企业.行业代码) > 0, "其他", "其他"))))'
)

ENTERPRISE_YEAR = Ledger(
    id="enterprise_year",
    label="企业年度",
    time=Time.YEARLY,
    key=("ent",),
    title=("ent",),
    rolls=Rolling(  # 亩产效益等级 is what this year's evaluation comes to
        states=(
            "is_up", "op_state", "is_tw", "zone_ind_tag", "size", "chain_role", "on_cloud", "land_mode", "has_rd_org", "key_ent",
            "mu_rated",
        ),
        left={"out_reason": (), "to_zone": (), "op_state": ("4", "5", "6", "7"), "out_date": ()},
        entered="in_reason",
    ),
    fields=(
        link("企业", "ent", "enterprise", required=ALWAYS, section=STATE),
        flag("是否规上", "is_up", required=ALWAYS, section=STATE, aliases="规上 规模以上 是否规上限上 规上/限上 是否规上企业 是否四上", clause="S2、S4"),
        choice("运营状态", "op_state", "运营状态", required=ALWAYS, section=STATE, aliases="经营状态 企业状态 营业状态", clause="P2"),
        flag("是否台资", "is_tw", required=ALWAYS, section=STATE, aliases="台资 是否台企 是否台资企业 台企", clause="S1"),
        choice("所属产业", "zone_ind_tag", "所属产业", required=ALWAYS, section=STATE, aliases="产业标记 产业类别 首位主导产业", clause="S2"),
        choice("目录产业", "zone_ind_calc", "所属产业", formula=_BY_LIST, section=STATE, help="行业代码在开发区产业的哪一类里，与所属产业比对"),
        choice("企业规模", "size", "企业规模", required=ALWAYS, section=STATE, aliases="规模 单位规模 企业划型", clause="统计上大中小微型企业划分办法(2017)"),
        choice("链主领航", "chain_role", "链上角色", section=STATE, aliases="链主/领航/龙头/种子企业 企业角色", clause="S2、S4"),
        flag("上云上平台", "on_cloud", section=STATE, aliases="是否上云", clause="S4"),
        choice("用地方式", "land_mode", "用地方式", required=ALWAYS, section=GROUND),
        flag("有研发机构", "has_rd_org", needed="是否规上", section=GROUND, aliases="企业研发机构 是否有研发机构", clause="S2、S4"),
        flag("重点骨干企业", "key_ent", section=GROUND, aliases="重点企业", clause="S4"),
        flag("亩产效益参评", "mu_rated", needed="是否规上", section=GROUND, aliases="是否参评"),
        choice("亩产效益等级", "mu_grade", "亩产评价等级", needed="亩产效益参评", section=GROUND, aliases="评价结果 亩产评价结果 评价等级", clause="S4"),
        choice("在册原因", "in_reason", "在册原因", section=LEAVE),
        day("退出日期", "out_date", section=LEAVE),
        text("退出原因", "out_reason", section=LEAVE),
        text("迁往开发区", "to_zone", section=LEAVE, aliases="迁往"),
    ),
)  # fmt: skip

ENTERPRISE_CHANGE = Ledger(
    id="ent_change",
    label="企业变更",
    time=Time.EVENT,
    key=("to_ent", "from_ent", "change_date"),
    title=("to_ent",),
    event="change_date",
    help="企业合并、分立：上年的数怎样算到变更后的企业名下，同比才说得清；变更前的企业仍留在名录里，不要删",
    fields=(
        link("变更后企业", "to_ent", "enterprise", required=ALWAYS, aliases="合并后企业 分立后企业 现企业"),
        link("变更前企业", "from_ent", "enterprise", required=ALWAYS, aliases="被合并企业 原企业"),
        choice("变更类别", "kind", "企业变更类别", required=ALWAYS, clause="公司法第218、222条"),
        day("变更日期", "change_date", required=ALWAYS, aliases="合并日期 分立日期"),
        percent("划转比例", "share", aliases="划转比重", needed='变更类别 = "存续分立" 或 变更类别 = "解散分立"',
                help="变更前企业上年的数有百分之几算到变更后企业名下；合并不填就是全部"),
        text("变更依据", "basis", aliases="批准文号 依据"),
    ),
)  # fmt: skip
