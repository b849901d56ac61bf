"""The 赣州 return's figures of land and standard factories (indicators.md B2). Imports nothing of the program."""

from __future__ import annotations

from fractions import Fraction

from tests.independent.jiangxi_land import Land
from tests.independent.ledgers import MU, WAN, Figures, Key, Row, over, plus, scaled, sum_of, total

FACTORIES = ((2018, 1, 1), (2020, 12, 31))


class GanzhouLand(Land):
    """What a zone's land and factories come to at the end of a year or quarter."""

    def _mu(self) -> Figures:
        if not self.now("经济数据"):  # nothing was kept of the period's firms
            return dict.fromkeys(("GZ07", "GZ08", "GZ09"))
        found = self._per_mu()
        money = [row for row in self.now("经济数据") if self.producing(row.link("企业"))]
        return {
            "GZ07": found["JX06"],
            "GZ08": found["JX07"],
            "GZ09": over(sum_of(money, "利润总额"), scaled(self.ground(), MU)),
        }

    def _stock(self) -> Figures:
        rows = self.kept["标准厂房"]
        done = [row for row in rows if row.day("竣工日期")]
        keys = {row.key("厂房编号", "厂房名称") for row in done}
        may = sum_of(done, "可租售面积")
        let = total(self.let_of(key) for key in sorted(keys))

        def building(row: Row) -> bool:
            return self.until(row.day("开工日期")) and not self.until(row.day("竣工日期"))

        def planned(row: Row) -> bool:
            day = row.day("竣工日期")
            return day is not None and FACTORIES[0] <= day <= FACTORIES[1]

        return {
            "GZ23": scaled(sum_of(rows, "总建筑面积", planned), WAN),
            "GZ24": over(let, may, 100),
            "GZ4-01": scaled(sum_of(rows, "总建筑面积", building), WAN),
            "GZ4-02": scaled(sum_of(rows, "总建筑面积", lambda row: self.until(row.day("竣工日期"))), WAN),
            "GZ4-03": scaled(may, WAN),
            "GZ4-04": scaled(let, WAN),
        }

    def let_of(self, factory: Key) -> Fraction | None:
        """What is let of one factory at the end."""
        return sum_of([lease for lease in self.leases() if lease.link("厂房") == factory], "租用面积")

    def _ground(self) -> Figures:
        parcels, states = self.parcels(), self.now("宗地年度")
        new = [row for row in parcels.values() if row.text("土地用途") == "工业" and self.within(row.day("供应日期"))]
        promised = [row for row in new if row.yes("是否标准地") and row.yes("是否承诺制")]
        idle = [row for row in states if row.yes("闲置认定")]
        low = [row for row in states if row.yes("低效认定")]
        freed = [row for row in idle if self.within(row.day("闲置处置日期"))]
        rest = [row for row in states if row not in freed]

        def acres(rows: list[Row]) -> Fraction | None:
            return scaled(
                sum_of([parcels[row.link("宗地")] for row in rows if row.link("宗地") in parcels], "宗地面积"), MU
            )

        whole, part = (scaled(sum_of(rows, "宗地面积"), MU) for rows in (new, promised))
        return {
            "GZ42": over(part, whole, 100),
            "GZ51": plus(scaled(sum_of(rest, "已处置面积"), MU), acres(freed)),
            "GZ6-01": Fraction(len(new)),
            "GZ6-02": whole,
            "GZ6-03": Fraction(len(promised)),
            "GZ6-04": part,
            "GZ6-05": Fraction(len(idle)),
            "GZ6-06": acres(idle),
            "GZ6-07": Fraction(len(freed)),
            "GZ6-08": Fraction(len(low)),
            "GZ6-09": acres(low),
            "GZ6-10": scaled(sum_of(low, "已处置面积"), MU),
        }  # fmt: skip
