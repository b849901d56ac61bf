"""标准厂房 and 厂房入驻 (ledgers.md §5): buildings, how much of them may be let, and who is in them since when."""

from __future__ import annotations

from models.fields import ALWAYS, area, choice, count, credit_code, day, flag, link, money, number, percent, text
from models.ledger import Ledger, Time

WHAT, WHEN, USE = "厂房", "建设", "使用"
_IN_USE = "起始日期 <= 期末 且 (非 已填(终止日期) 或 终止日期 > 期末)"
_DONE = "已填(竣工日期) 且 竣工日期 <= 期末"

FACTORY = Ledger(
    id="factory",
    label="标准厂房",
    time=Time.LASTING,
    key=("fac_no",),
    title=("fac_name", "fac_no"),
    fields=(
        text("厂房编号", "fac_no", limit=40, required=ALWAYS, section=WHAT, aliases="栋号 编号 厂房栋号", clause="S2"),
        text("厂房名称", "fac_name", required=ALWAYS, section=WHAT, width=180, aliases="厂房项目 标准厂房名称 项目名称 名称"),
        link("所在宗地", "parcel", "parcel", required=ALWAYS, section=WHAT, aliases="宗地编号 宗地号"),
        credit_code("建设主体代码", "builder_uscc", required=ALWAYS, section=WHAT, aliases="建设主体信用代码", clause="S5"),
        choice("用途类别", "use_for", "厂房用途", required=ALWAYS, section=WHAT, aliases="用途", clause="S5"),
        count("层数", "floors", "层", required=ALWAYS, section=WHAT, clause="P27"),
        area("总建筑面积", "bld_m2", required=ALWAYS, section=WHAT, aliases="建筑面积", clause="S2、S4、S5"),
        day("开工日期", "start_date", required=ALWAYS, section=WHEN, aliases="开工时间"),
        day("竣工日期", "done_date", section=WHEN, aliases="竣工时间", clause="S4“每年新建”"),
        money("总投资", "inv", section=WHEN),
        area("可租售面积", "rentable_m2", needed="已填(竣工日期)", section=USE, clause="S4“存量使用率”"),
        area("已使用面积", "used_m2", formula=f"合计(厂房入驻.租用面积, {_IN_USE})", section=USE, clause="S2、S4"),
        percent("使用率", "rate", formula="已使用面积 / 可租售面积 * 100", section=USE, aliases="入驻率", clause="S2、S4"),
        choice(
            "使用状态", "state", "厂房状态", section=USE,
            formula=f'若({_DONE} 且 已使用面积 >= 可租售面积, "满租", 若({_DONE} 且 已使用面积 > 0㎡, "部分使用", '
            f'若({_DONE}, "竣工未用", "在建")))',
        ),
    ),
)  # fmt: skip

FACTORY_LEASE = Ledger(
    id="factory_lease",
    label="厂房入驻",
    time=Time.EVENT,
    key=("fac", "ent", "from_date"),
    title=("fac", "ent"),
    event="from_date",
    fields=(
        link("厂房", "fac", "factory", required=ALWAYS, aliases="厂房编号"),
        link("企业", "ent", "enterprise", required=ALWAYS, aliases="入驻企业 承租企业"),
        area("租用面积", "area_m2", required=ALWAYS, aliases="租用建筑面积 入驻面积 面积"),
        choice("入驻方式", "way", "入驻方式", aliases="方式"),
        day("起始日期", "from_date", required=ALWAYS, aliases="起租日期 入驻日期"),
        day("终止日期", "to_date", aliases="退租日期 退出日期"),
        number("租金", "rent", "元/㎡", help="每月"),
        day("投产日期", "prod_date"),
        area("折算占地", "occ_land_m2", formula="按比例(租用面积, 厂房.所在宗地.宗地面积, 厂房.所在宗地.竣工厂房面积)", help="租用面积 ÷ 所在宗地的容积率，四舍五入到 0.01 ㎡"),
        flag("期末在租", "in_use", formula=_IN_USE),
    ),
)  # fmt: skip
