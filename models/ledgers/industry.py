"""主题产业园, 产业集群, 产业链 (ledgers.md §13): parks within the park, clusters by year, chains with 四图五清单."""

from __future__ import annotations

from models.fields import ALWAYS, area, choice, count, credit_code, day, flag, money, percent, text
from models.ledger import Ledger, Rolling, Time

THEME_PARK = Ledger(
    id="theme_park",
    label="主题产业园",
    time=Time.LASTING,
    key=("theme_id",),
    title=("name", "theme_id"),
    fields=(
        text("主题园编号", "theme_id", limit=40, required=ALWAYS, aliases="编号"),
        text("主题园名称", "name", required=ALWAYS, width=220, aliases="名称"),
        choice("主题园类型", "kind", "主题园类型", required=ALWAYS, aliases="类型", clause="S1“园中园”、S2、S4"),
        choice("建设模式", "mode", "主题园模式"),
        area("规划面积", "plan_area", unit="亩", aliases="规划用地"),
        area("已建成面积", "built_area_m2", aliases="建成面积"),
        day("开工日期", "start_date"),
        day("开园日期", "open_date", aliases="开园时间", clause="S4“新建”"),
        count("入驻企业数", "ent_n", "家"),
        money("主题园营业收入", "rev", aliases="营业收入"),
        text("建设状态", "state"),
    ),
)  # fmt: skip

CLUSTER = Ledger(
    id="cluster",
    label="产业集群",
    time=Time.YEARLY,
    key=("clu_id",),
    title=("name", "clu_id"),
    rolls=Rolling(states=("name", "level", "kind", "appr_date", "lead_uscc", "zones")),
    fields=(
        text("集群编号", "clu_id", limit=40, required=ALWAYS, aliases="编号"),
        text("集群名称", "name", required=ALWAYS, width=220, aliases="名称 产业集群"),
        choice("集群级别", "level", "集群级别", required=ALWAYS, aliases="级别", clause="S2、S4、P24"),
        choice("集群类型", "kind", "集群类型", aliases="类型"),
        day("批准日期", "appr_date", aliases="认定日期"),
        credit_code("龙头企业代码", "lead_uscc", aliases="龙头企业信用代码"),
        text("所跨开发区", "zones", help="开发区代码，用顿号隔开"),
        money("集群营业收入", "rev", required="Y", aliases="营业收入 集群营收"),
        count("集群企业数", "ent_n", "家", aliases="企业数"),
        count("规上企业数", "up_n", "家", under=True),
        percent("占开发区比重", "share_of_zone", aliases="占比"),
    ),
)  # fmt: skip

_MAPS, _LISTS = "四图", "五清单"
_FOUR_FIVE = [
    "产业链图",
    "技术路线图",
    "应用领域图",
    "区域分布图",
    "项目清单",
    "企业清单",
    "集群清单",
    "政策清单",
    "问题清单",
]

CHAIN = Ledger(
    id="chain",
    label="产业链",
    time=Time.LASTING,
    key=("chain_id",),
    title=("name", "chain_id"),
    fields=(
        text("产业链编号", "chain_id", limit=40, required=ALWAYS, section="产业链", aliases="编号"),
        text("产业链名称", "name", required=ALWAYS, width=180, section="产业链", aliases="名称 产业链"),
        text("链长", "chief", limit=40, required=ALWAYS, section="产业链", clause="S4"),
        choice("产业链类型", "kind", "产业链类型", required=ALWAYS, section="产业链", aliases="类型"),
        text("薄弱环节", "weak_links", limit=500, lines=True, section="产业链", aliases="断链弱链缺链环节"),
        count("链上企业数", "ent_n", "家", section="产业链", aliases="企业数"),
        money("链上营业收入", "rev", section="产业链", aliases="营业收入"),
        percent("本地配套率", "local_support_rate", section="产业链"),
        text("附件", "att", limit=2000, lines=True, section="产业链", help="四图五清单的文件，一行写一个文件名"),
        count("附件数", "files", "个", formula="行数(附件)", section="产业链"),
        flag("产业链图", "map_chain", section=_MAPS, clause="S2“四图挂图作战”、S4“四图五清单”"),
        flag("技术路线图", "map_tech", section=_MAPS),
        flag("应用领域图", "map_app", section=_MAPS),
        flag("区域分布图", "map_region", section=_MAPS),
        flag("项目清单", "list_proj", section=_LISTS),
        flag("企业清单", "list_ent", section=_LISTS),
        flag("集群清单", "list_cluster", section=_LISTS),
        flag("政策清单", "list_policy", section=_LISTS),
        flag("问题清单", "list_issue", section=_LISTS),
        flag("四图五清单完成", "done", formula=" 且 ".join(_FOUR_FIVE), section=_LISTS),
    ),
)  # fmt: skip
