"""Mergers and splits of enterprises: last year's figure of the same scope, and the explanation it makes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from models.audit import Finding, audit
from models.formula.scene import Exhibit, scene
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE_CHANGE
from models.packs.pack import pack
from models.periods import Period
from models.rules import context_of
from models.sayings import of_changes
from models.store.batches import batch
from models.store.file import DataFile
from models.store.lineage import origins
from models.store.zones import create_zone
from models.substance import emptiness
from tests.models.demo_rows import TODAY
from tests.models.test_audit import ZONE, enterprise

YEAR = Period(2025)
REV = ECONOMY.by_id["rev"]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "并.db", who="测试") as opened:
        create_zone(opened, ZONE, "示例园")
        yield opened


def change(
    file: DataFile, kind: str, before: bytes, after: bytes, day: int = 20250301, percent: int | None = None
) -> None:
    with batch(file, ZONE, "录入", "变更") as work:
        values = {"kind": kind, "from_ent": before, "to_ent": after, "change_date": day}
        work.add(ENTERPRISE_CHANGE, values | ({} if percent is None else {"share": percent * 10_000}))


def told(file: DataFile, row: bytes, period: Period = YEAR) -> list[tuple[str, str, str, Fraction | None, bool]]:
    with file.reading() as connection:
        found = origins(connection, ECONOMY, row, REV, (ZONE, period))
    return [(each.kind, each.day, each.name, each.amount, each.out) for each in found]


def test_who_came_in_and_what_went_out_with_last_years_figures(file: DataFile) -> None:
    one, row = enterprise(file)
    two, _ = enterprise(file, "乙公司")
    three, theirs = enterprise(file, "丙公司")
    change(file, "1", two, one)
    change(file, "3", one, three, 20250600, 30)
    assert told(file, row) == [
        ("吸收合并", "2025-03-01", "乙公司", Fraction(500), False),
        ("存续分立", "2025-06", "丙公司", Fraction(150), True),
    ]
    assert told(file, theirs) == [("存续分立", "2025-06", "甲公司", Fraction(150), False)]


def test_only_what_happened_within_the_year_up_to_the_periods_end(file: DataFile) -> None:
    one, row = enterprise(file)
    for day, name in ((20241231, "早"), (20250101, "内"), (20251231, "末"), (20260101, "晚")):
        change(file, "2", enterprise(file, name)[0], one, day)
    assert [each[2] for each in told(file, row)] == ["内", "末"]
    with batch(file, ZONE, "录入", "季") as work:
        quarter = work.add(ECONOMY, {"ent": one, "rev": 1}, Period(2025, "Q", 1))
    seen = [each[2] for each in told(file, quarter, Period(2025, "Q", 1))]
    assert seen == ["早", "内"], "a quarter is compared with the same quarter of last year"


def test_how_much_split_off_is_not_known_until_the_share_is_filled_in(file: DataFile) -> None:
    one, row = enterprise(file)
    two, theirs = enterprise(file, "丙公司")
    change(file, "3", one, two)
    change(file, "4", enterprise(file, "丁公司")[0], two, 20250400)
    assert [each[3] for each in told(file, row)] == [None]
    assert [each[3] for each in told(file, theirs)] == [None, None]


def test_an_enterprise_that_went_over_whole_has_nothing_to_compare(file: DataFile) -> None:
    one, row = enterprise(file)
    change(file, "1", one, enterprise(file, "乙公司")[0])
    assert told(file, row) == []


def finding(file: DataFile, row: bytes) -> tuple[Finding, list[Exhibit]]:
    of = pack("台办")
    (found,) = (
        each for each in audit(file, of, [ZONE], YEAR, TODAY).findings if (each.rule.id, each.row) == ("P014", row)
    )
    with file.reading() as connection:
        texts = [found.rule.formula]
        return found, scene(connection, texts, ECONOMY, context_of(of), ZONE, YEAR, TODAY, row)


def test_the_explanation_names_the_other_and_the_growth_of_the_same_scope(file: DataFile) -> None:
    one, row = enterprise(file, rev=1500_0000)
    change(file, "1", enterprise(file, "乙公司")[0], one)
    change(file, "3", one, enterprise(file, "丙公司")[0], percent=20)
    found, exhibits = finding(file, row)
    with file.reading() as connection:
        (said,) = of_changes(connection, YEAR, found, exhibits)
    assert said.text == (
        "2025-03-01 吸收合并，并入“乙公司”（上年营业收入 500.00 万元）；2025-03-01 存续分立，分出“丙公司”（上年营业收入 100.00 万元）；"
        "按变更后口径上年为 900.00 万元，本年 1,500.00 万元，同口径变动 +66.7%"
    )
    assert emptiness(said.text, figure=True) == ""


def test_without_a_change_or_without_last_years_figure_nothing_is_made_up(file: DataFile) -> None:
    one, row = enterprise(file, rev=1500_0000)
    with file.reading() as connection:
        assert of_changes(connection, YEAR, *finding(file, row)) == []
    other, _ = enterprise(file, "乙公司")
    with batch(file, ZONE, "录入", "空") as work:
        last = work.connection.exec_driver_sql(
            "SELECT id FROM ent_period WHERE year = 2024 AND ent = ?", (other,)
        ).scalar_one()
        work.set(ECONOMY, last, {"rev": None})
    change(file, "1", other, one)
    with file.reading() as connection:
        assert of_changes(connection, YEAR, *finding(file, row)) == []
