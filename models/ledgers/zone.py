"""开发区 (ledgers.md §1): the zone's own file, with its industries, titles, pilots and documents."""

from __future__ import annotations

from models.fields import ALWAYS, area, choice, credit_code, day, text
from models.ledger import Ledger, Time

WHO, SIZE, RUN = "身份", "面积", "管理与联系"

ZONE = Ledger(
    id="zone",
    label="开发区",
    time=Time.LASTING,
    key=("code",),
    title=("name", "code"),
    fields=(
        text("开发区代码", "code", limit=20, required=ALWAYS, section=WHO, help="公告目录代码或省定代码，全省唯一", clause="P23"),
        text("开发区全称", "name", limit=60, required=ALWAYS, section=WHO, width=220, aliases="开发区名称 园区名称", clause="P23"),
        text("简称", "short_name", limit=20, required=ALWAYS, section=WHO),
        choice("级别", "level", "开发区级别", required=ALWAYS, section=WHO, clause="S2、S4"),
        choice("开发区类型", "ztype", "开发区类型", required=ALWAYS, section=WHO, aliases="类型", clause="S2"),
        text("上级开发区代码", "parent_code", limit=20, section=WHO, aliases="上级开发区", help="一区多园时填主园代码", clause="S3、S2、S5"),
        choice("层级角色", "role", "层级角色", required=ALWAYS, section=WHO, clause="S1、S2"),
        choice("合作区产业园", "coop_park", "合作区产业园", section=WHO, aliases="所属合作区产业园", clause="S1"),
        text("行政区划", "region_code", limit=12, required=ALWAYS, section=WHO, aliases="区划代码", clause="P2"),
        text("批准机关", "appr_org", required=ALWAYS, section=WHO),
        text("批准文号", "appr_no", required=ALWAYS, section=WHO),
        day("批准时间", "appr_date", required=ALWAYS, section=WHO, clause="P23"),
        area("核准面积", "appr_area", unit="公顷", places=4, required=ALWAYS, section=SIZE, clause="P23"),
        area("实际管辖面积", "mgmt_area", unit="公顷", places=4, section=SIZE, aliases="管辖面积"),
        area("核心区面积", "core_area", unit="公顷", places=4, section=SIZE, clause="S3“划定核心区”"),
        text("管理机构", "admin_org", required=ALWAYS, section=RUN, clause="S4"),
        credit_code("平台公司", "platform_co", section=RUN, aliases="平台公司代码", clause="S2"),
        text("管委会主任", "leader", limit=40, required=ALWAYS, section=RUN),
        text("联系人", "contact", limit=40, required=ALWAYS, section=RUN, personal=True),
        text("联系电话", "tel", limit=60, required=ALWAYS, section=RUN, personal=True, aliases="电话"),
        day("封关运行日期", "seal_date", needed='开发区类型 = "综保区等海关特殊监管区"', section=RUN, clause="S5"),
        choice("牵头主管部门", "dept", "牵头主管部门", required=ALWAYS, section=RUN, clause="S2"),
        choice("共建形式", "coop_form", "共建形式", section=RUN, clause="S2、S4、S5"),
        text("共建对象", "coop_with", section=RUN),
    ),
)  # fmt: skip

ZONE_INDUSTRY = Ledger(
    id="zone_industry",
    label="开发区产业",
    time=Time.LASTING,
    key=("kind", "name", "from_year"),
    title=("name",),
    fields=(
        choice("产业地位", "kind", "产业地位", required=ALWAYS, help="首位恰好 1 个，主导 1—3 个", clause="S1、S2、S3"),
        text("产业名称", "name", required=ALWAYS),
        text("行业代码前缀", "code_prefixes", required=ALWAYS, help="2—4 位行业代码，用顿号隔开"),
        text("起始年", "from_year", limit=4, required=ALWAYS),
    ),
)

ZONE_TITLE = Ledger(
    id="zone_title",
    label="开发区称号",
    time=Time.LASTING,
    key=("title", "appr_date"),
    title=("title",),
    fields=(
        choice("称号", "title", "开发区称号", required=ALWAYS, clause="S3、S4、S5"),
        choice("称号级别", "level", "称号级别", required=ALWAYS, aliases="级别"),
        day("获批日期", "appr_date", required=ALWAYS),
        day("有效期止", "expire"),
    ),
)

ZONE_PILOT = Ledger(
    id="zone_pilot",
    label="试点示范",
    time=Time.LASTING,
    key=("name",),
    title=("name",),
    fields=(
        text("试点示范项目名称", "name", required=ALWAYS, aliases="项目名称", clause="S2"),
        choice("试点类别", "kind", "试点类别", required=ALWAYS),
        day("确定日期", "fix_date", clause="S2“2020年5月20日前”"),
        day("方案日期", "plan_date", clause="S2“7月底前”"),
    ),
)

ZONE_DOC = Ledger(
    id="zone_doc",
    label="开发区文件",
    time=Time.LASTING,
    key=("kind", "doc_date"),
    title=("title",),
    fields=(
        choice("文件类别", "kind", "开发区文件类别", required=ALWAYS, clause="S1、S2、S3、S5"),
        text("文件标题", "title", required=ALWAYS),
        text("文号", "doc_no"),
        day("印发日期", "doc_date", required=ALWAYS),
    ),
)
