"""主题产业园, 产业集群, 产业链 and 基准 of the made-up zone; what they come to is added up from the firms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from models.demo.records import LAST, Record, record
from models.demo.sites import CHAINS, Books
from models.ledgers.industry import CHAIN, CLUSTER, THEME_PARK
from models.ledgers.target import BENCHMARK

_PAPERS = (
    "map_chain", "map_tech", "map_app", "map_region", "list_proj", "list_ent", "list_cluster", "list_policy", "list_issue",
)  # fmt: skip
_LACKING = ((), ("list_policy",), (), ("map_tech", "list_cluster"), _PAPERS[2:])  # of each chain's 四图五清单
_PARKS = (
    ("电子信息产业园(演示)", "专题园", "政府主导", 1200, 2018, 2020),
    ("新能源汽车配套产业园(演示)", "高端产业园", "合作", 1500, 2019, 2021),
    ("稀土新材料产业园(演示)", "专题园", "政府主导", 900, 2018, 2021),
    ("台湾园中园(演示)", "台湾园中园", "合作", 600, 2021, 2022),
    ("小微企业创业园(演示)", "小微企业园", "运营商", 200, LAST - 1, None),
    ("智能装备产业园(演示)", "高端产业园", "政府主导", 300, 2022, 2024),
)
_AVERAGES = (  # 指标编号, 范围, the last year's, what a year before was less by
    ("GZ31", "全国", "1.66", "0.04"), ("GZ31", "全省", "1.52", "0.05"), ("JX01", "全省", "9.6", "0.4"),
)  # fmt: skip


def chains(books: Books) -> Iterator[Record]:
    """The 产业链 rows."""
    for place, (name, kind, _, _) in enumerate(CHAINS):
        sums = books.chains[place, LAST]
        papers = {paper: paper not in _LACKING[place] for paper in _PAPERS}
        yield record(
            CHAIN,
            chain_id=f"CYL{place + 1:02}",
            name=f"{name}产业链",
            chief="演示链长" + "甲乙丙丁戊"[place],
            kind=kind,
            weak_links="本地配套偏少，检测、物流环节缺链",
            ent_n=sums["ent_n"],
            local_support_rate=Fraction(65 - 7 * place, 2),
            **papers,
        ) | {"rev": sums["rev"]}


def theme_parks(books: Books, zone_mu: Fraction) -> Iterator[Record]:
    """The 主题产业园 rows; the first three are those of the chains of the same number. No larger than ``zone_mu`` 亩 together."""
    scale = min(Fraction(1), zone_mu / sum(park[3] for park in _PARKS))
    for place, (name, kind, mode, mu, begun, opened) in enumerate(_PARKS):
        sums = books.chains[place, LAST] if place < 3 else None
        area = int(mu * scale)
        yield record(
            THEME_PARK,
            theme_id=f"ZTY{place + 1:02}",
            name=name,
            kind=kind,
            mode=mode,
            plan_area=area,
            built_area_m2=int(area * Fraction(10_000, 15) * (60 if opened else 0) / 100),
            start_date=date(begun, 3, 1),
            open_date=opened and date(opened, 9, 28),
            ent_n=sums["ent_n"] if sums else None,
            state="已开园" if opened else "在建",
        ) | {"rev": sums["rev"] if sums else None}


def clusters(years: Sequence[int], zone: str, books: Books) -> Iterator[Record]:
    """The 产业集群 rows: each year the first three chains within this one zone, and one it has a part in (from 2022 on)."""
    levels = ("省级", "省级培育", "市级")
    for year in years:
        whole = books.years[year]["rev"]
        for place, level in enumerate(levels):
            sums, name = books.chains[place, year], CHAINS[place][0]
            yield _of(year, rev=sums["rev"]) | record(
                CLUSTER,
                clu_id=f"JQ{place + 1:02}",
                name=f"赣州经开区{name}产业集群(演示)",
                level=level,
                kind="主导" if place < 2 else "特色",
                appr_date=date(2018 + place, 10, 12),
                lead_uscc=books.leaders[place][1],
                zones=zone,
                ent_n=sums["ent_n"],
                up_n=sums["up_n"],
                share_of_zone=Fraction(sums["rev"] * 100, whole),
            )
        if year >= 2022:
            sums = books.chains[2, year]
            yield _of(year, rev=sums["rev"] * 6) | record(
                CLUSTER,
                clu_id="JQ04",
                name="稀土新材料及应用产业集群(演示)",
                level="国家",
                kind="特色",
                appr_date=date(2022, 11, 30),
                lead_uscc=books.leaders[2][1],
                zones=f"{zone}、360798、360799",
                ent_n=sums["ent_n"] * 5,
                up_n=sums["up_n"] * 5,
                share_of_zone=Fraction(sums["rev"] * 100, whole),
            )


def benchmarks(years: Sequence[int]) -> Iterator[Record]:
    """The 基准 rows; averages of nobody's statistics."""
    for year in years:
        for indicator, place, value, less in _AVERAGES:
            yield _of(year) | record(
                BENCHMARK,
                ind_id=indicator,
                area=place,
                value=Fraction(value) - (LAST - year) * Fraction(less),
                source="演示数，不是统计公报数",
            )


def _of(year: int, **sums: int) -> Record:
    """The year of a row and sums that are carried over as stored."""
    return {"year": year, **sums}
