"""台湾青年 (ledgers.md §8a): one row for each stay of a person; personal, exported by number and digest only."""

from __future__ import annotations

from models.fields import ALWAYS, choice, count, credit_code, day, flag, link, money, month, text
from models.ledger import Ledger, Time

WHO, WORK = "本人", "就业创业"

TW_YOUTH = Ledger(
    id="tw_youth",
    label="台湾青年",
    time=Time.EVENT,
    key=("ty_id",),
    title=("ty_id", "name"),
    event="from_date",
    fields=(
        text("人员编号", "ty_id", limit=40, required=ALWAYS, section=WHO, aliases="编号 台青编号"),
        text("姓名", "name", limit=40, required=ALWAYS, section=WHO, personal=True),
        choice("证件类型", "id_type", "台胞证件类型", required=ALWAYS, section=WHO, personal=True),
        text("证件号", "id_no", limit=30, required=ALWAYS, section=WHO, personal=True, aliases="证件号码 台胞证号 居住证号", help="台胞证 8 位数字；居住证 18 位，83 开头"),
        text("证件散列", "id_hash", limit=64, digest="id_no", section=WHO, help="由证件号算出，跨区去重用，不能反推证件号"),
        choice("性别", "sex", "性别", required=ALWAYS, section=WHO),
        month("出生年月", "birth", required=ALWAYS, section=WHO, aliases="出生日期", clause="P-思明:18—45 周岁"),
        link("所在单位", "ent", "enterprise", required=ALWAYS, section=WORK, aliases="单位 工作单位 就业单位"),
        text("所在基地", "base", required=ALWAYS, section=WORK, aliases="基地 台创平台"),
        choice("类型", "kind", "台青类型", required=ALWAYS, section=WORK, help="实习不计入 500 名目标", clause="S1"),
        day("起始日期", "from_date", required=ALWAYS, section=WORK, aliases="开始日期 入职日期"),
        day("终止日期", "to_date", section=WORK, aliases="结束日期 离职日期"),
        count("起始时周岁", "age_at_start", "周岁", formula="满年(出生年月, 起始日期)", section=WORK),
        text("岗位", "post", section=WORK),
        text("学历", "edu", limit=20, section=WORK),
        text("专业", "major", section=WORK),
        text("户籍县市", "hometown", section=WORK),
        flag("社保缴纳", "soc_ins", section=WORK),
        flag("签订合同", "contract", section=WORK, aliases="合同"),
        credit_code("创业企业代码", "startup_uscc", needed='类型 = "创业"', section=WORK, aliases="创业企业信用代码"),
        money("创业注册资本", "startup_cap", section=WORK),
    ),
)  # fmt: skip
