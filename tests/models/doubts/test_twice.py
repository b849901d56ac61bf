"""One figure told differently in two returns: which figures are the same, what is said, and when nothing is."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from models.doubts.kinds import TWICE
from models.doubts.looking import doubts
from models.doubts.twice import shared_figures
from models.indicators import indicator_set
from models.ledgers.issue import ISSUE
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.versions import keep_version, move, versions
from models.store.zones import create_zone

ZONE, YEAR, TODAY = "360701", Period(2025), date(2026, 1, 5)
SAME = ("TW1-32", "JX9-03")  # 问题提出 of 台办, 本年提出问题 of 工信


@pytest.fixture
def file(tmp_path):
    with DataFile(tmp_path / "园区.db", who="录入员") as opened:
        create_zone(opened, ZONE, "赣州经济技术开发区")
        raise_issues(opened, "一")
        yield opened


def raise_issues(file, *numbers):
    with batch(file, ZONE, "录入", f"补记 {len(numbers)} 个问题") as work:
        for number in numbers:
            work.add(ISSUE, {"issue_no": f"WT{number}", "raise_date": 20250301})


def issue(file, pack_id, no=1, **figures):
    """A version of what the ledgers say now."""
    with file.reading() as connection:
        found = indicator_set(pack(pack_id)).values(connection, [ZONE], YEAR, TODAY)
    values = {
        "pack": pack_id,
        "version": no,
        "state": "签发",
        "issued_at": datetime.now().isoformat(timespec="milliseconds"),
    }
    with batch(file, ZONE, "签发", f"签发 {pack_id} 第 {no} 版") as work:
        keep_version(work, YEAR, found | figures, values)


def told(file, pack_id):
    found = doubts(file, pack(pack_id), [ZONE], YEAR, TODAY).found
    return [each for each in found if each.kind.id == TWICE]


def test_a_figure_is_the_same_by_its_formula_however_it_is_called():
    found = {(each.own.id, each.other.id): each.alike for each in shared_figures(pack("台办"), pack("工信"))}
    assert found[SAME] is True
    assert all(
        each.own.name == each.other.name for each in shared_figures(pack("台办"), pack("工信")) if not each.alike
    )


def test_nothing_is_told_while_both_say_the_same(file):
    assert told(file, "台办") == []
    issue(file, "工信")
    assert told(file, "台办") == []
    issue(file, "台办")
    assert told(file, "台办") == told(file, "工信") == []


def test_what_another_return_has_said_is_told_before_this_one_is_issued(file):
    issue(file, "工信")
    raise_issues(file, "二", "三")
    (doubt,) = told(file, "台办")
    assert doubt.message.startswith("问题提出：台办（照现在的台账）是 3 件，工信第 1 版（")
    assert doubt.message.endswith("）是 1 件。那次签发之后有关的台账改过 2 行，最后一步是“补记 2 个问题”")
    assert [cells[2] for _, cells in doubt.lines] == ["3 件", "1 件"]
    assert told(file, "工信") == []  # 台办 has said nothing yet


def test_two_versions_are_told_from_both_sides_until_a_later_one_says_the_same(file):
    issue(file, "工信")
    raise_issues(file, "二")
    issue(file, "台办")
    (here,), (there,) = told(file, "台办"), told(file, "工信")
    assert "两次签发之间有关的台账改过 1 行，最后一步是“补记 1 个问题”" in here.message
    assert "台办第 1 版" in there.message
    issue(file, "工信", 2)
    assert told(file, "台办") == told(file, "工信") == []


def test_a_version_sent_back_is_not_what_was_said(file):
    issue(file, "工信")
    raise_issues(file, "二")
    with file.reading() as connection:
        (version,) = versions(connection, ZONE, "工信", YEAR)
    with batch(file, ZONE, "报表状态", "上报") as work:
        move(work, version, "上报")
    with file.reading() as connection:
        (version,) = versions(connection, ZONE, "工信", YEAR)
    with batch(file, ZONE, "报表状态", "退回") as work:
        move(work, version, "退回", "请重报")
    assert told(file, "台办") == []


def test_what_differs_beyond_what_is_printed_is_the_same(file):
    issue(file, "工信", **{SAME[1]: Fraction(13, 10)})
    assert told(file, "台办") == []  # 1 件 either way
    issue(file, "工信", 2, **{SAME[1]: Fraction(16, 10)})
    assert len(told(file, "台办")) == 1
