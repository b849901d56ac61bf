"""Random zones for the figures of 工信: few rows, but empties, zeros, losses, ties at .5, thresholds to the cent, vague dates,
moves within the year, shared plots and halls. Plain values as the store keeps them, from a seed.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from models.codes import code_list
from models.ledger import Ledger
from models.ledgers import ledger
from models.periods import Period
from models.store.batches import Batch, batch
from models.store.file import DataFile
from models.store.zones import create_zone

Values = dict[str, object]
TRADES = ("0610", "1391", "3484", "3973", "4620", "4690", "4710", "6513", None)
WAN, PERCENT, AREA = 10_000, 10_000, 100  # what a 万元, a %, a ㎡ are kept as
EDGES = (0, 1, 99_999_9999, 100_000 * WAN, 200_000 * WAN, 500_000 * WAN, 499_999_9999, 1_000_000 * WAN)
YEARS = (2020, 2021, 2022, 2023, 2024, 2025)


class Maker:
    """Makes one zone's rows, in one batch."""

    def __init__(self, work: Batch, chance: Random) -> None:
        self.work, self.chance = work, chance

    def maybe(self, value: object, blank: float = 0.15) -> object:
        """A value, or now and then nothing."""
        return None if self.chance.random() < blank else value

    def money(self, signed: bool = False) -> object:
        """万元: small, at a threshold, or a tie at the third place; a loss where it may be one."""
        pick = self.chance.random()
        amount = self.chance.choice(EDGES) if pick < 0.25 else self.chance.randint(0, 3_000_000) * 50
        return self.maybe(-amount if signed and self.chance.random() < 0.3 else amount)

    def whole_zone(self) -> object:
        """营业收入 of a zone: now and then at one of the tiers of 500, 1000, 3000, 5000 亿元, or 100 元 over it."""
        tier = self.chance.choice((500, 1000, 3000, 5000)) * 10_000 * WAN
        return tier + self.chance.choice((0, 100)) if self.chance.random() < 0.4 else self.money()

    def area(self) -> object:
        """㎡, most to the hundredth."""
        return self.maybe(self.chance.choice((0, 1, self.chance.randint(1, 500_000 * AREA))), 0.1)

    def day(self, first: int = 2019, last: int = 2026, blank: float = 0.2) -> object:
        """A date, sometimes known to the month or year only, often at an end of the report year."""
        year, month = self.chance.randint(first, last), self.chance.randint(0, 12)
        ends = (20250101, 20251231, 20241231, 20260101, 20250000, 20251200)
        day = self.chance.randint(0, 28) if month else 0
        return self.maybe(
            self.chance.choice(ends) if self.chance.random() < 0.3 else year * 10000 + month * 100 + day, blank
        )

    def flag(self) -> object:
        """是, 否 or nothing."""
        return self.maybe(self.chance.random() < 0.6)

    def code_of(self, on: Ledger, field: str) -> object:
        """One of the codes of a choice."""
        return self.maybe(self.chance.choice(list(code_list(on.by_id[field].kind.codes))), 0.1)  # type: ignore[attr-defined]

    def write(self, label: str, rows: list[Values]) -> list[bytes]:
        """Rows of one ledger; those of yearly and periodic ones carry ``year``."""
        on = ledger(label)
        if not rows:
            return []
        if on.dated:
            rest = {"form": "Y", "seq": Period(2025).seq} if on.time.value == "period" else {}
            rows = [row | rest for row in rows]
        columns = list(rows[0])
        return self.work.insert(on, columns, [tuple(row[column] for column in columns) for row in rows])

    def some(self, most: int) -> range:
        """How many rows."""
        return range(self.chance.randint(0, most))

    # --- the ledgers ---

    def all(self) -> None:
        """Every ledger that the return reads."""
        ents = self._firms()
        plots = self._land(ents)
        self._halls(ents, plots)
        self._projects()
        self._zone()
        self._others(ents)

    def _firms(self) -> list[bytes]:
        state, figures = ledger("企业年度"), ledger("经济数据")
        names = [f"U{number}" for number in self.some(5)]
        firms = [{"ent_name": f"企业{name}", "uscc": name, "ind_code": self.chance.choice(TRADES), "prod_date": self.day(),
                  "enter_date": self.day(2019, 2024)} for name in names]  # fmt: skip
        ents = self.write("企业", firms)
        years = [(ent, year) for ent in ents for year in (2021, 2024, 2025) if self.chance.random() < 0.8]
        self.write("企业年度", [
            {"ent": ent, "year": year, "op_state": self.chance.choice(("1", "1", "1", "3", "2", None)),
             **{name: self.flag() for name in ("is_up", "on_cloud", "has_rd_org", "key_ent", "mu_rated")},
             "mu_grade": self.code_of(state, "mu_grade"), "chain_role": self.code_of(state, "chain_role")}
            for ent, year in years])  # fmt: skip
        assert figures.by_id["rd_act"]
        self.write("经济数据", [
            {"ent": ent, "year": year, "rev": self.money(), "profit": self.money(True), "tax_paid": self.money(),
             "rd_exp": self.money(), "fai_cum": self.money(), "rd_act": self.flag()}
            for ent, year in years if self.chance.random() < 0.9])  # fmt: skip
        return ents

    def _land(self, ents: list[bytes]) -> list[bytes]:
        parcel, yearly, use = ledger("宗地"), ledger("宗地年度"), ledger("宗地占用")
        plots = self.write("宗地", [
            {"parcel_no": f"P{number}", "area_m2": self.area(), "use_code": self.chance.choice(("工业", "工业", "商服", None)),
             "supply_date": self.day(2024, 2025), "start_act": self.day(), "std_land": self.flag(), "commit": self.flag()}
            for number in self.some(5)])  # fmt: skip
        assert parcel.by_id["use_code"]
        self.write("宗地年度", [
            {"parcel": plot, "year": year, "supply_cls": self.code_of(yearly, "supply_cls"), "idle": self.flag(), "loweff": self.flag()}
            for plot in plots for year in (2024, 2025) if self.chance.random() < 0.85])  # fmt: skip
        if plots and ents:
            self.write("宗地占用", [
                {"parcel": self.chance.choice(plots), "ent": self.chance.choice(ents), "use_way": self.code_of(use, "use_way"),
                 "area_m2": self.area(), "from_date": self.day(), "to_date": self.day(blank=0.6)}
                for _ in self.some(8)])  # fmt: skip
        return plots

    def _halls(self, ents: list[bytes], plots: list[bytes]) -> None:
        if not plots:
            return
        halls = self.write("标准厂房", [
            {"fac_no": f"F{number}", "parcel": self.chance.choice(plots), "bld_m2": self.area(), "rentable_m2": self.area(),
             "done_date": self.day()}
            for number in self.some(4)])  # fmt: skip
        if halls and ents:
            self.write("厂房入驻", [
                {"fac": self.chance.choice(halls), "ent": self.chance.choice(ents), "area_m2": self.area(),
                 "from_date": self.day(), "to_date": self.day(blank=0.6)}
                for _ in self.some(6)])  # fmt: skip

    def _projects(self) -> None:
        on = ledger("项目")
        numbers = [f"X{number}" for number in self.some(6)]
        self.write("项目", [
            {"proj_no": number, "proj_name": number, "ind_code": self.chance.choice(TRADES), "inv_total": self.money(),
             "inv_cum": self.money(), "stage": self.code_of(on, "stage"), "single": self.code_of(on, "single"),
             "parent_proj_no": self.maybe(self.chance.choice(numbers), 0.5), "owner_uscc": self.maybe(f"U{self.chance.randint(0, 5)}", 0.3),
             "d_sign": self.day(2024, 2026), "lead_person": self.maybe("某某"), "duty_unit": self.maybe("某局"),
             "task_list": self.maybe("一张清单")}
            for number in numbers])  # fmt: skip

    def _zone(self) -> None:
        on, chance = ledger("开发区年度"), self.chance
        self.write("开发区年度", [
            {"year": year, "rev_all": self.whole_zone(), "profit_all": self.money(True), "fai_ind": self.money(),
             "va_ind_up": self.money(), "energy_tce": self.maybe(chance.randint(0, 10**7)),
             "va_growth_const": self.maybe(chance.randint(-20 * PERCENT, 30 * PERCENT), 0.05),
             "ww_gen": self.maybe(chance.randint(0, 3) * 10**5), "ww_treated": self.maybe(chance.randint(0, 10**5)),
             **{name: self.flag() for name in ("ref_appr", "ref_hr", "ref_fin", "one_stop", "dual_ctrl")},
             "svc_n": self.maybe(chance.randint(0, 9)), "once_n": self.maybe(chance.randint(0, 9)),
             "circular_done": self.code_of(on, "circular_done"), "digital_grade": self.code_of(on, "digital_grade")}
            for year in YEARS if chance.random() < 0.93])  # fmt: skip
        self.write("基准", [
            {"year": year, "ind_id": "JX01", "area": area, "value": chance.randint(-10**5, 10**5)}
            for year in (2024, 2025) for area in ("全省", "全国") if chance.random() < 0.7])  # fmt: skip

    def _others(self, ents: list[bytes]) -> None:
        rows: Callable[[int], range] = self.some
        title, cluster, chain, park, issue = map(ledger, ("开发区称号", "产业集群", "产业链", "主题产业园", "问题"))
        papers = [field.id for field in chain.fields if field.section in ("四图", "五清单") and not field.formula]
        self.write("开发区称号", [
            {"title": self.code_of(title, "title"), "level": self.code_of(title, "level"), "appr_date": self.day(),
             "expire": self.day(blank=0.6)} for _ in rows(6)])  # fmt: skip
        self.write("产业集群", [
            {"year": year, "clu_id": f"C{n}", "level": self.code_of(cluster, "level"),
             "rev": self.chance.choice((None, 10**7 * WAN, 10**7 * WAN + 1, self.money()))}
            for n in rows(3) for year in (2024, 2025)])  # fmt: skip
        self.write("产业链", [
            {"chain_id": f"L{n}", "kind": self.code_of(chain, "kind"),
             **{paper: self.chance.random() < 0.9 or self.flag() for paper in papers}} for n in rows(4)])  # fmt: skip
        self.write(
            "主题产业园",
            [
                {"theme_id": f"T{n}", "kind": self.code_of(park, "kind"), "open_date": self.day(2020, 2026)}
                for n in rows(4)
            ],
        )
        self.write("问题", [
            {"issue_no": f"W{n}", "raise_date": self.day(2024, 2026), "state": self.code_of(issue, "state"),
             "close_date": self.day(2024, 2026, 0.4), "ent": self.chance.choice(ents) if ents else None} for n in rows(5)])  # fmt: skip


def make(file: DataFile, parent: str, number: int, seed: int) -> str:
    """One random zone below ``parent``; its code."""
    chance = Random(f"{seed} {number}")
    code = f"{parent}-{number:03}"
    level, role = chance.choice(("1", "2", "3")), chance.choice(("1", "1", "2", "3"))
    create_zone(file, code, f"园{number}", parent_code=parent, level=level, role=role)
    with batch(file, code, "导入", "随机") as work:
        Maker(work, chance).all()
    return code
