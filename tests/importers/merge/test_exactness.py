"""A value that says the same less exactly (2019-03 beside 2019-03-15, 39 beside 3963) contradicts nothing and loses nothing."""

from __future__ import annotations

import pytest

from importers.merge import CONFLICT, SAME, UPDATED, entries
from tests.importers.merge.made import (
    CODE,
    ECONOMY,
    ENTERPRISE,
    NAME,
    add,
    code,
    period,
    plan_of,
    put,
    rows,
    take,
    write,
)

PAIRS = [
    ("成立日期", "open_date", "2019-03", "2019年3月15日", 20190300, 20190315),
    ("成立日期", "open_date", "2019", "2019-03-15", 20190000, 20190315),
    ("成立日期", "open_date", 2019, "2019.03", 20190000, 20190300),
    ("行业代码", "ind_code", "39", "3963", "39", "3963"),
    ("行业代码", "ind_code", "C", "计算机、通信和其他电子设备制造业39", "C", "39"),
    ("注册地区划代码", "reg_region", "3607", "360703", "3607", "360703"),
    ("注册地区划代码", "reg_region", "360700", "360703", "360700", "360703"),
]
OTHERS = [
    ("成立日期", "open_date", 20190315, "2019-04"),
    ("成立日期", "open_date", 20190315, "2018"),
    ("成立日期", "open_date", 20190300, "2019-04-15"),
    ("行业代码", "ind_code", "3963", "38"),
    ("注册地区划代码", "reg_region", "360703", "3608"),
    ("注册地区划代码", "reg_region", "360703", "360721"),
    ("联系人", "contact", "张三丰", "张三"),
    ("依据年度", "flag_year", "2024", "202"),
]


def roster(tmp_path, label, *values):
    return write(tmp_path / "名录.xlsx", [NAME, CODE, label], *(["甲公司", code(1), value] for value in values))


@pytest.mark.parametrize(("label", "name", "coarse", "_", "_stored", "kept"), PAIRS)
def test_a_coarser_value_leaves_the_finer_one(file, tmp_path, label, name, coarse, _, _stored, kept):
    add(file, {"ent_name": "甲公司", "uscc": code(1), name: kept})
    path = roster(tmp_path, label, coarse)
    assert len(entries(plan_of(file, path), SAME)) == 1
    take(file, path, take_file=True)
    assert rows(file, ENTERPRISE, name) == [(kept,)]


@pytest.mark.parametrize(("label", "name", "_", "fine", "there", "stored"), PAIRS)
@pytest.mark.parametrize("kind", ["导入", "录入"])
def test_a_finer_value_completes_the_coarser_one(file, tmp_path, label, name, _, fine, there, stored, kind):
    (row,) = add(file, {"ent_name": "甲公司", "uscc": code(1)})
    put(file, row, {name: there}, kind=kind)
    path = roster(tmp_path, label, fine)
    assert len(entries(plan_of(file, path), UPDATED)) == 1
    take(file, path)
    assert rows(file, ENTERPRISE, name) == [(stored,)]


@pytest.mark.parametrize(("label", "name", "there", "other"), OTHERS)
def test_another_value_is_an_update(file, tmp_path, label, name, there, other):
    add(file, {"ent_name": "甲公司", "uscc": code(1), name: there})
    path = roster(tmp_path, label, other)
    assert len(entries(plan_of(file, path), UPDATED)) == 1
    take(file, path)
    assert rows(file, ENTERPRISE, name) != [(there,)]


@pytest.mark.parametrize(("label", "name", "coarse", "fine", "_", "stored"), PAIRS)
@pytest.mark.parametrize("turned", [False, True])
def test_rows_of_one_file_give_the_finest(file, tmp_path, label, name, coarse, fine, _, stored, turned):
    path = roster(tmp_path, label, *((fine, coarse, None) if turned else (None, coarse, fine)))
    plan = plan_of(file, path)
    assert (plan.counts.new, plan.counts.merged, plan.counts.conflicts) == (1, 2, 0)
    take(file, path)
    assert rows(file, ENTERPRISE, name) == [(stored,)]


def test_two_that_both_refine_a_third_are_a_conflict_with_every_place(file, tmp_path):
    plan = plan_of(file, roster(tmp_path, "成立日期", "2019", "2019-03-15", "2019-04"))
    (entry,) = entries(plan, CONFLICT)
    assert entry.after == "C2:2019;C3:2019-03-15;C4:2019-04"


def test_the_preview_names_the_cell_that_says_it(file, tmp_path):
    add(file, {"ent_name": "甲公司", "uscc": code(1)})
    (entry,) = entries(plan_of(file, roster(tmp_path, "成立日期", "2019", "2019-03-15")), UPDATED)
    assert (entry.after, entry.place) == ("2019-03-15", "名录!C3")


def test_a_rounded_figure_is_another_figure(file, tmp_path):
    (ent,) = add(file, {"ent_name": "甲公司", "uscc": code(1)})
    add(file, {"ent": ent, "rev": 12_345_678}, into=ECONOMY, when=period("2025"))
    path = write(tmp_path / "经济.xlsx", [NAME, "营业收入(万元)"], ["甲公司", 1234.57])
    (entry,) = entries(plan_of(file, path, ECONOMY, "2025"), UPDATED)
    assert (entry.now, entry.after) == ("1234.5678", "1234.57")
