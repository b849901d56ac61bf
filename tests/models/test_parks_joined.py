"""Several parks together: sum, recomputation, weighting, distinct count and what is never joined, each against its own reckoning."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.pack_check import _indicators
from models.packs.keeping import _csv
from models.packs.pack import Pack, pack
from models.packs.tables import COLUMNS, Source, entries
from models.parks import ADD, AGAIN, DISTINCT, MEAN, NEVER, WEIGHTED, joined, method
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone
from ui.commands.run import run_command

YEAR, TODAY = Period(2025), date(2026, 1, 5)
PARKS = ("360701", "360702", "360703")
# revenue and profit in 万元, the region of each firm; the regions overlap between the parks
FIRMS = {
    "360701": [(1000, 100, "360702"), (3000, 60, "360703")],
    "360702": [(500, 200, "360703")],
    "360703": [(200, 90, "360702"), (300, -40, "360704"), (100, 20, "360703")],
}
FORMULAS = [
    ("A01", "营业收入", "合计(经济数据.营业收入)", "万元", ""),
    ("A02", "利润率", "合计(经济数据.利润总额) / 合计(经济数据.营业收入) * 100", "%", ""),
    ("A03", "区划数", "去重计数(企业.经营地区划)", "个", ""),
    ("A04", "利润率按企业数", "合计(经济数据.利润总额) / 合计(经济数据.营业收入) * 100", "%", "加权 A06"),
    ("A05", "园区平均利润率", "合计(经济数据.利润总额) / 合计(经济数据.营业收入) * 100", "%", "平均"),
    ("A06", "企业数", "计数(企业)", "家", ""),
    ("A07", "过千万", "若(合计(经济数据.营业收入) >= 1000万元, 100, 0)", "%", ""),
    ("A08", "指定不合", "计数(企业)", "家", "不合"),
    ("A09", "收入与利润", "合计(经济数据.营业收入) + 合计(经济数据.利润总额) * 2", "万元", ""),
    ("A10", "户均", "平均(经济数据.营业收入)", "万元", ""),
    ("A11", "倒数", "100 / 计数(企业)", "", ""),
]


def made(formulas=FORMULAS):
    head = [*COLUMNS["指标"], "合并"]
    rows = [
        head,
        *[[id, name, text, unit, "2", "↑", "", "", "", how] for id, name, text, unit, how in formulas],
    ]
    faults = []
    tables = {name: [] for name in COLUMNS} | {"指标": entries("指标", rows, faults)}
    assert faults == []
    return Pack(Source("试", {"id": "试", "title": "试"}, tables, b""))


@pytest.fixture
def file(tmp_path):
    with DataFile(tmp_path / "园.db", who="测试") as opened:
        number = 0
        for zone, firms in FIRMS.items():
            create_zone(opened, zone, f"园{zone}", short_name=f"园{zone[-1]}")
            with batch(opened, zone, "录入", "数据") as work:
                for revenue, profit, region in firms:
                    number += 1
                    ent = work.add(
                        ENTERPRISE, {"ent_name": f"企业{number}", "uscc": f"9136{number:014}", "op_region": region}
                    )
                    work.add(
                        ECONOMY, {"ent": ent, "rev": revenue * 10_000 * 100, "profit": profit * 10_000 * 100}, YEAR
                    )
        yield opened


def test_each_is_joined_its_own_way(file):
    of = made()
    with file.reading() as connection:
        found = {each.indicator.id: each for each in joined(connection, of, [(p,) for p in PARKS], YEAR, TODAY)}
    revenue = [sum(r for r, _, _ in FIRMS[p]) for p in PARKS]
    profit = [sum(g for _, g, _ in FIRMS[p]) for p in PARKS]
    count = [len(FIRMS[p]) for p in PARKS]
    rates = [Fraction(g * 100, r) for g, r in zip(profit, revenue, strict=True)]
    regions = [{region for _, _, region in FIRMS[p]} for p in PARKS]
    scale = found["A01"].parks[0] / revenue[0]  # how the ledger keeps money is not what is looked at here
    assert found["A01"].value == sum(revenue) * scale
    assert found["A02"].parks == tuple(rates)
    assert found["A02"].value == Fraction(sum(profit) * 100, sum(revenue))
    assert found["A03"].parks == tuple(map(len, regions))
    assert found["A03"].value == len(set().union(*regions)) != sum(map(len, regions))
    assert found["A04"].value == sum(r * n for r, n in zip(rates, count, strict=True)) / sum(count)
    assert found["A05"].value == sum(rates) / len(rates)
    assert found["A06"].value == sum(count)
    assert (found["A07"].value, found["A08"].value) == (None, None)
    assert found["A08"].parks == tuple(count)
    assert found["A09"].value == (sum(revenue) + 2 * sum(profit)) * scale
    assert found["A10"].value == Fraction(sum(revenue), sum(count)) * scale
    assert found["A11"].value == Fraction(100, sum(count))
    # on these figures no way gives what another gives
    ways = [found["A02"].value, found["A04"].value, found["A05"].value, sum(rates)]
    assert len(set(ways)) == len(ways)
    assert {id: each.method.how for id, each in found.items()} == {
        "A01": ADD, "A02": AGAIN, "A03": DISTINCT, "A04": WEIGHTED, "A05": MEAN, "A06": ADD, "A07": NEVER, "A08": NEVER,
        "A09": ADD, "A10": AGAIN, "A11": AGAIN,
    }  # fmt: skip
    assert found["A02"].method.words == "重算，不是平均：用各园区合起来的数重新算"
    assert "按“企业数”" in found["A04"].method.words


def test_the_order_of_the_parks_and_one_indicator_alone_give_the_same(file):
    of = made()
    with file.reading() as connection:
        there = joined(connection, of, [(p,) for p in PARKS], YEAR, TODAY)
        back = joined(connection, of, [(p,) for p in reversed(PARKS)], YEAR, TODAY)
        alone = [
            one
            for each in there
            for one in joined(connection, of, [(p,) for p in PARKS], YEAR, TODAY, only=each.indicator.id)
        ]
    assert [each.value for each in there] == [each.value for each in back]
    assert [(each.parks, each.value) for each in alone] == [(each.parks, each.value) for each in there]


def test_a_sum_is_what_working_it_out_over_all_parks_gives(file):
    """The method worked out from a formula: where it says 相加, the sum of the parks is the figure of all of them."""
    from models.indicators import indicator_set

    for name in ("台办", "工信", "用地评价"):
        of = pack(name)
        with file.reading() as connection:
            whole = indicator_set(of).values(connection, PARKS, YEAR, TODAY)
            for each in joined(connection, of, [(p,) for p in PARKS], YEAR, TODAY):
                if each.method.how == ADD and each.value is not None and whole[each.indicator.id] is not None:
                    assert each.value == whole[each.indicator.id], each.indicator.id


@pytest.mark.parametrize("how", ["加总", "加权", "加权 没有的"])
def test_a_wrong_way_is_told_by_the_check_of_a_pack(how):
    formulas = [("A01", "营业收入", "合计(经济数据.营业收入)", "万元", how)]
    (fault,) = list(_indicators(made(formulas)))
    assert fault.cell == "J2"
    assert "合并" in fault.sentence
    with pytest.raises(ValueError, match="合并"):
        method(made(formulas), made(formulas).indicators[0])


def test_the_column_may_be_there_or_not_and_is_written_again():
    assert _csv("指标", made().source.tables["指标"]).splitlines()[0].endswith("原文,合并")
    assert "合并" not in _csv("指标", pack("台办").source.tables["指标"]).splitlines()[0]


def test_the_command_lists_each_park_and_all_together(file, capsys):
    path = str(file.path)
    file.close()
    words = [
        "indicators",
        "--data",
        path,
        "--zone",
        PARKS[0],
        "--pack",
        "工信",
        "--period",
        "2025",
        "--json",
        "--parks",
        *PARKS,
    ]
    assert run_command(words) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    revenue = {p: Decimal(sum(r for r, _, _ in FIRMS[p])) for p in PARKS}
    assert rows["JX04"]["method"] == NEVER
    assert rows["JX04"]["value"] is None
    assert set(rows["JX11"]["parks"]) == set(revenue)
    assert rows["JX08"]["method"] == AGAIN
    assert run_command([*words[:-3], PARKS[0]]) != 0  # one park is nothing to put together
