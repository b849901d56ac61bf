"""The 工信 return's figures of land, factories and per 亩 (ledgers.md §0.3–0.4). Imports nothing of the program."""

from __future__ import annotations

from fractions import Fraction

from tests.independent.ledgers import (
    MU,
    WAN,
    Figures,
    Key,
    Row,
    Zone,
    count,
    over,
    plus,
    rounded,
    scaled,
    sum_of,
    total,
)

BUILDING = ("开工", "在建", "竣工")
SUPPLIED = ("已供应", "划拨", "有偿使用且未到期", "有偿使用已到期未处置")  # the names of D…
TRADES = {
    "种子种苗培育活动": "0511", "烟煤和无烟煤开采洗选": "0610", "化学药品原料药制造": "2710", "金属表面处理及热处理加工": "3360",
    "锂离子电池制造": "3841", "计算机、通信和其他电子设备制造业": "39", "集成电路制造": "3973", "其他水的处理、利用与分配": "4690",
    "住宅房屋建筑": "4710", "基础软件开发": "6511",
}  # fmt: skip


class Land(Zone):
    """What a zone's land and factories come to."""

    def parcels(self) -> dict[Key, Row]:
        """Parcels as other ledgers call them."""
        return {row.key("宗地编号"): row for row in self.kept["宗地"]}

    def _land(self) -> Figures:
        rows = self.kept["宗地"]
        states = {row.link("宗地"): row for row in self.now("宗地年度")}
        new = [row for row in rows if row.text("土地用途") == "工业" and self.within(row.day("供应日期"))]
        standard = [row for row in new if row.yes("是否标准地")]
        idle = [row for row in rows if (state := states.get(row.key("宗地编号"))) and state.yes("闲置认定")]
        low = [row for row in rows if (state := states.get(row.key("宗地编号"))) and state.yes("低效认定")]
        whole, part = sum_of(new, "宗地面积"), sum_of(standard, "宗地面积")
        return {
            "JX30": over(part, whole, 100),
            "JX6-01": Fraction(len(new)),
            "JX6-02": scaled(whole, MU),
            "JX6-03": Fraction(len(standard)),
            "JX6-04": scaled(part, MU),
            "JX6-15": count(states.values(), lambda row: row.yes("闲置认定")),
            "JX6-16": scaled(sum_of(idle, "宗地面积"), MU),
            "JX6-17": count(states.values(), lambda row: row.yes("低效认定")),
            "JX6-18": scaled(sum_of(low, "宗地面积"), MU),
            "JX6-19": scaled(sum_of(states.values(), "已处置面积", lambda row: row.yes("低效认定")), MU),
        }

    def leases(self) -> list[Row]:
        """Rooms let at the year's end."""
        return [row for row in self.kept["厂房入驻"] if self.lasts(row, "起始日期", "终止日期")]

    def _factories(self) -> Figures:
        rows = self.kept["标准厂房"]
        stock = [row for row in rows if (done := row.day("竣工日期")) and done < self.first]
        let = total(
            sum_of(
                [lease for lease in self.leases() if lease.link("厂房") == row.key("厂房编号", "厂房名称")], "租用面积"
            )
            for row in stock
        )
        may = sum_of(stock, "可租售面积")
        return {
            "JX05": scaled(sum_of(rows, "总建筑面积", lambda row: self.within(row.day("竣工日期"))), WAN),
            "JX34": over(let, may, 100),
            "JX6-20": scaled(may, WAN),
            "JX6-21": scaled(let, WAN),
            "JX6-22": scaled(sum_of(stock, "总建筑面积"), WAN),
        }

    def producing(self, firm: Key) -> bool:
        """PROD_IND: industrial, producing by the year's end, in operation in the year."""
        there = self.firms.get(firm)
        return (
            there is not None
            and industrial(there)
            and self.until(there.day("投产日期"))
            and self.state(firm, "运营状态") == "正常运营"
        )

    def ground(self) -> Fraction | None:
        """den_ind_prod_mu in ㎡: what producing firms use or rent of the land, and their part of the factories' land."""
        uses = [
            row for row in self.kept["宗地占用"]
            if row.text("占用方式") in ("自用", "租入") and self.lasts(row, "起始日期", "终止日期") and self.producing(row.link("企业"))
        ]  # fmt: skip
        rooms = [row for row in self.leases() if self.producing(row.link("企业"))]
        return plus(sum_of(uses, "占用土地面积"), total(map(self.occupied, rooms)))

    def occupied(self, lease: Row) -> Fraction | None:
        """factory_lease.occ_land_m2: rented ÷ the parcel's ratio of finished factories to ground, kept to 0.01 ㎡."""
        factories = {row.key("厂房编号", "厂房名称"): row for row in self.kept["标准厂房"]}
        factory = factories.get(lease.link("厂房"))
        parcel = self.parcels().get(factory.link("所在宗地")) if factory else None
        if factory is None or parcel is None:
            return None
        beside = [row for row in factories.values() if row.link("所在宗地") == factory.link("所在宗地")]
        built = sum_of(beside, "总建筑面积", lambda row: self.until(row.day("竣工日期")))
        rented, ground = lease.number("租用面积"), parcel.number("宗地面积")
        if rented is None or ground is None or not built:
            return None
        return rounded(rented * ground / built, 2)

    def _per_mu(self) -> Figures:
        money = [row for row in self.now("经济数据") if self.producing(row.link("企业"))]
        known = {firm[1] for firm in self.states if self.producing(firm)} - {""}
        unfinished = [
            row for row in self.kept["项目"]
            if industrial(row) and row.text("当前阶段") in BUILDING and row.text("项目法人代码") not in known
        ]  # fmt: skip
        states = {row.link("宗地"): row for row in self.now("宗地年度")}
        begun = [
            row for row in self.kept["宗地"]
            if row.text("土地用途") == "工业" and self.until(row.day("实际动工日期")) and (state := states.get(row.key("宗地编号")))
            if state.text("供应分类") in SUPPLIED
        ]  # fmt: skip
        supplied, used = scaled(sum_of(begun, "宗地面积"), MU), scaled(self.ground(), MU)
        return {
            "JX06": over(plus(sum_of(money, "累计固定资产投资"), sum_of(unfinished, "累计完成投资")), supplied),
            "JX07": over(sum_of(money, "营业收入"), used),
            "JX08": over(sum_of(money, "实际上缴税费总额"), used),
            "JX1-16": used,
            "JX1-17": supplied,
        }


def industrial(row: Row) -> bool:
    """行业代码 within 0610—4690 (ledgers.md §0.3), told by the names of GB/T 4754."""
    return "0610" <= TRADES.get(row.text("行业代码"), "") <= "4690"
