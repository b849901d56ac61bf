"""创新平台, 人才团队, 科研任务 (ledgers.md §9), 台青平台 (§8c) and 企业资质 (§10): what was granted, by whom, until when."""

from __future__ import annotations

from models.fields import ALWAYS, area, choice, count, credit_code, day, flag, link, money, text
from models.ledger import Ledger, Time

PLATFORM = Ledger(
    id="platform",
    label="创新平台",
    time=Time.EVENT,
    key=("pf_no",),
    title=("pf_name", "pf_no"),
    event="appr_date",
    fields=(
        text("平台编号", "pf_no", limit=40, required=ALWAYS, aliases="编号"),
        text("平台名称", "pf_name", required=ALWAYS, width=220, aliases="名称"),
        choice("平台类型", "kind", "创新平台类型", required=ALWAYS, aliases="类型 类别", clause="S2、S3、S4"),
        choice("级别", "level", "称号级别", required=ALWAYS, aliases="平台级别"),
        credit_code("依托单位代码", "host_uscc", required=ALWAYS, aliases="依托单位信用代码 依托单位"),
        text("认定机关", "appr_org", aliases="批准机关 认定部门"),
        text("认定文号", "appr_no", limit=60, aliases="批准文号 文号"),
        day("认定日期", "appr_date", required=ALWAYS, aliases="批准日期 认定时间"),
        day("到期日期", "expire_date", aliases="有效期至"),
        flag("期末有效", "valid", formula="认定日期 <= 期末 且 (非 已填(到期日期) 或 到期日期 >= 期末)"),
        flag("本年认定", "new_year", formula="认定日期 在 本年", clause="S2“新建”"),
        count("平台人员", "emp", "人", aliases="人员数"),
        money("平台经费", "fund", aliases="经费"),
        count("服务企业数", "contract_n", "家"),
    ),
)  # fmt: skip

TALENT = Ledger(
    id="talent",
    label="人才团队",
    time=Time.EVENT,
    key=("tal_no",),
    title=("name", "tal_no"),
    event="intro_date",
    fields=(
        text("人才编号", "tal_no", limit=40, required=ALWAYS, aliases="编号"),
        text("姓名或团队", "name", required=ALWAYS, width=180, personal=True, aliases="姓名 团队名称 名称"),
        choice("级别", "level", "称号级别", required=ALWAYS, aliases="人才级别"),
        choice("人才类型", "kind", "人才类型", required=ALWAYS, aliases="类型 类别"),
        count("人数", "head_n", "人", clause="S2“600人”"),
        day("引进日期", "intro_date", required=ALWAYS, aliases="引进时间"),
        day("离开日期", "leave_date", aliases="离开时间"),
        flag("期末在岗", "valid", formula="引进日期 <= 期末 且 (非 已填(离开日期) 或 离开日期 > 期末)"),
        link("所在企业", "ent", "enterprise", aliases="单位 所在单位"),
        text("来源机构", "org", help="如中科院稀土研究院", clause="S2"),
    ),
)  # fmt: skip

RD_TASK = Ledger(
    id="rd_task",
    label="科研任务",
    time=Time.LASTING,
    key=("task_no",),
    title=("name", "task_no"),
    fields=(
        text("任务编号", "task_no", limit=40, required=ALWAYS, aliases="编号"),
        text("任务名称", "name", required=ALWAYS, width=220, aliases="名称"),
        choice("任务类型", "kind", "科研任务类型", required=ALWAYS, aliases="类型", clause="S2"),
        choice("级别", "level", "称号级别", required=ALWAYS),
        text("开始年度", "start_year", limit=4, required=ALWAYS, aliases="立项年度"),
        money("任务经费", "fund", aliases="经费"),
    ),
)  # fmt: skip

TW_BASE = Ledger(
    id="tw_base",
    label="台青平台",
    time=Time.LASTING,
    key=("base_no",),
    title=("base_name", "base_no"),
    fields=(
        text("平台编号", "base_no", limit=40, required=ALWAYS, aliases="编号 基地编号"),
        text("平台名称", "base_name", required=ALWAYS, width=220, aliases="名称 基地名称 台创平台名称"),
        choice("级别", "level", "台创平台级别", required=ALWAYS, clause="S1“台湾创新创业服务平台”"),
        day("授牌日期", "appr_date", aliases="批准日期 认定日期"),
        area("场地面积", "area_m2", aliases="面积"),
        text("运营单位", "operator"),
        count("累计入驻团队", "team_cum", "个"),
        count("在驻团队", "team_now", "个"),
        count("在驻台青", "youth_now", "人"),
        day("关闭日期", "close_date"),
        flag("期末在运营", "valid", formula="(非 已填(授牌日期) 或 授牌日期 <= 期末) 且 (非 已填(关闭日期) 或 关闭日期 > 期末)"),
    ),
)  # fmt: skip

QUALIFICATION = Ledger(
    id="qual",
    label="企业资质",
    time=Time.EVENT,
    key=("ent", "kind", "appr_date"),
    title=("ent", "kind"),
    event="appr_date",
    fields=(
        link("企业", "ent", "enterprise", required=ALWAYS),
        choice("资质", "kind", "资质", required=ALWAYS, aliases="资质类型 资质名称 称号 类型", clause="S2、S3、S4"),
        choice("级别", "level", "称号级别"),
        text("证书编号", "cert_no", limit=60, aliases="证书号"),
        day("认定日期", "appr_date", required=ALWAYS, aliases="认定时间 发证日期 批准日期"),
        day("有效期至", "valid_to", aliases="有效期 到期日期", help="高新技术企业为认定后三年"),
        choice("资质状态", "state", "资质状态", aliases="状态"),
        flag("期末有效", "valid", help="认定日期不晚于期末，期末没有到期、没有失效",
             formula='认定日期 <= 期末 且 (非 已填(有效期至) 或 有效期至 >= 期末) 且 (非 已填(资质状态) 或 资质状态 ≠ "失效")'),
    ),
)  # fmt: skip
