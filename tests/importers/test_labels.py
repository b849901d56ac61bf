from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.labels import is_serial, likeness, odd_sheet_unit, sheet_units, split_unit, text_of


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("营业收入(万元)", "营业收入", "万元"),
        ("营业收入（单位：万元）", "营业收入", "万元"),
        ("营业收入【千元】", "营业收入", "千元"),
        ("营业收入\n万元", "营业收入", "万元"),
        ("营业收入/万元", "营业收入", "万元"),
        ("营业收入：万元", "营业收入", "万元"),
        ("营业收入 亿元", "营业收入", "亿元"),
        ("注册资本（人民币万元）", "注册资本", "万元"),
        ("投资强度（万元/亩）", "投资强度", "万元/亩"),
        ("建筑面积（平方米）", "建筑面积", "㎡"),
        ("面积(m2)", "面积", "㎡"),
        ("综合能耗（吨标煤）", "综合能耗", "吨标准煤"),
        ("增速%", "增速", "%"),
        ("同比（±％）", "同比（±％）", None),
        ("主营业务收入（万元，含税）", "主营业务收入", "万元"),
        ("营业收入（2024年）（万元）", "营业收入（2024年）", "万元"),
        ("（万元）", "", "万元"),
        ("企业名称（全称）", "企业名称（全称）", None),
        ("联系\n人", "联系人", None),
        ("负 责 人", "负责人", None),
        ("法定代表 人", "法定代表人", None),
        ("是/否", "是/否", None),
        ("一、企业名称", "企业名称", None),
        ("3.5亿元以上项目", "3.5亿元以上项目", None),
        ("R&D经费支出（千元）", "R&D经费支出", "千元"),
        ("Area (ha)", "Area", "公顷"),
    ],
)
def test_unit_is_cut_off_the_name(text, name, unit):
    assert split_unit(text) == (name, unit)


@given(st.text(max_size=30))
def test_any_text_can_be_cut(text):
    name, unit = split_unit(text)
    assert len(name) <= len(text) + 2
    assert unit is None or unit


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("单位：万元", ("万元",)),
        ("金额单位: 人民币千元", ("千元",)),
        ("填报单位（盖章）：赣州经开区   计量单位：万元、公顷", ("万元", "公顷")),
        ("主要指标（万元）", ("万元",)),
        ("单位 千元", ("千元",)),
        ("单位 ： 千 元", ("千元",)),
        ("单位：万元 亩", ("万元", "亩")),
        ("单位\u3000人民币万元", ("万元",)),
        ("填报单位 赣州经开区", ()),
        ("编制单位：赣州经开区", ()),
        ("填报单位：个人", ()),
        ("2025年", ()),
    ],
)
def test_units_of_the_whole_sheet(line, units):
    assert sheet_units(line) == units


@pytest.mark.parametrize(
    ("value", "text"),
    [(2024.0, "2024"), (dt.date(2024, 9, 1), "2024年9月"), (dt.date(2024, 9, 2), "2024-09-02"), (0.5, "0.5")],
)
def test_heading_cells_that_are_no_text(value, text):
    assert text_of(value) == text


@pytest.mark.parametrize("name", ["序号", "序　号", "行次", "No.", "NO"])
def test_columns_that_only_count(name):
    assert is_serial(name)
    assert not is_serial(f"{name}列")


def test_names_look_more_like_names_than_values_do():
    names = ["企业名称", "统一社会信用代码", "营业收入(万元)", "所属区县", "是否规上", "备注", "2024年"]
    values = [
        "江西某某有限公司",
        "91360100MA35F9XX1A",
        "12.50",
        "2024-05-01",
        "是",
        "13800000000",
        "√",
        12.0,
        "https://a.cn",
        "甲公司",
    ]
    assert min(map(likeness, names)) > max(map(likeness, values))


@pytest.mark.parametrize(
    ("line", "odd"),
    [
        ("单位：十万元", "十万元"), ("金额单位 ：千 港元", "千 港元"), ("（单位：百亩）", "百亩"), ("单位：万元", ""), ("单位：千 元", ""),
        ("填报单位：江西万亩", ""), ("单位：个人", ""),
    ],
)  # fmt: skip
def test_a_unit_of_the_whole_sheet_that_nobody_knows(line, odd):
    assert odd_sheet_unit(line) == odd
