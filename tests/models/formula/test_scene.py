"""The values at the scene of a finding: this year's beside last year's, as the rule names them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.formula.context import NOTHING
from models.formula.scene import scene
from models.ledgers import ledger
from tests.models.formula.world import row_id


@pytest.fixture
def exhibits(data):
    data.add("企业", 1, 单位详细名称="甲")
    data.add("企业年度", 2, 企业=1, 是否规上=1)
    data.add("企业年度", 3, 企业=1, year=2024, 是否规上=0)
    data.add("经济数据", 4, 企业=1, 营业收入=25, 利润总额=3, **{"R&D经费支出": 8})
    data.add("经济数据", 5, 企业=1, year=2024, 营业收入=12, 利润总额=0, **{"R&D经费支出": -4})

    def found(*texts):
        (zone,), period, today = data.scene()
        return scene(data.connection, texts, ledger("经济数据"), NOTHING, zone, period, today, row_id(4))

    return found


def test_what_the_rule_reads_then_the_figures_that_matter(exhibits):
    found = exhibits("企业年度.是否规上 且 营业收入 > 上年.营业收入", "企业.单位详细名称 = “甲”")
    assert [(one.label, one.row and int.from_bytes(one.row), one.now, one.before, one.times) for one in found] == [
        ("企业年度.是否规上", 2, 1, 0, None),
        ("营业收入", 4, 25, 12, Decimal("2.1")),
        ("企业.单位详细名称", 1, "甲", None, None),
        ("工业总产值", 4, None, None, None),
        ("工业销售产值", 4, None, None, None),
    ]
    assert [one.ledger for one in found][:3] == ["enterprise_year", "ent_period", "enterprise"]
    assert len(exhibits("营业收入 + 利润总额 + 工业总产值 > 0")) == 3


def test_a_single_figure_has_others_beside_it(exhibits):
    found = exhibits("【R&D经费支出】 > 0")
    assert [one.label for one in found] == ["【R&D经费支出】", "工业总产值", "工业销售产值"]
    assert (found[0].now, found[0].before, found[0].times) == (8, -4, None)
    assert (found[1].now, found[1].times) == (None, None)
    assert exhibits("利润总额 > 0")[0].times is None
    assert [one.label for one in exhibits("企业.单位详细名称 = “甲”")] == ["企业.单位详细名称"]
