"""Code lists: what they hold, which entry a text means, what is offered while typing."""

from __future__ import annotations

import doctest
import importlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes import Code, UnknownCodeList, code_list, code_list_ids, code_table

INDUSTRY = code_list("国民经济行业")
REGION = code_list("行政区划")
EVERY = [code_list(id) for id in code_list_ids()]


def code_of(found):
    return found and found.code


def test_known_sizes():
    levels = [len(code) for code in INDUSTRY]
    assert [levels.count(width) for width in (1, 2, 3, 4)] == [20, 97, 473, 1382]
    assert sum(code.parent != "" for code in code_list("高技术制造业").values()) == 85
    provinces = REGION.children("")
    assert len(provinces) == 31 + len(["台湾省", "香港特别行政区", "澳门特别行政区"])
    assert (
        sum(
            code.endswith("00") and one.parent in map(code_of, provinces) and one.name not in GROUPS
            for code, one in REGION.items()
        )
        == 333
    )


GROUPS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def test_reading_a_list():
    assert INDUSTRY["3963"] == Code("3963", "智能无人飞行器制造", "396", "zhinengwurenfeixingqizhizao", "znwrfxqzz")
    assert INDUSTRY.get("9999") is None
    assert "3963" in INDUSTRY
    assert list(INDUSTRY)[:4] == ["A", "01", "011", "0111"]
    assert [code.code for code in INDUSTRY.children("011")] == ["0111", "0112", "0113", "0119"]
    assert INDUSTRY.children("0111") == ()
    assert [code.code for code in INDUSTRY.ancestors("3963")] == ["396", "39", "C"]
    assert INDUSTRY.ancestors("9999") == ()
    assert INDUSTRY.source.startswith("GB/T 4754—2017")
    assert INDUSTRY.id == "国民经济行业"


@pytest.mark.parametrize(
    ("code", "ancestor", "is_under"),
    [
        ("3963", "39", True),
        ("3963", "C", True),
        ("3963", "3963", True),
        ("39", "3963", False),
        ("3963", "38", False),
        ("9999", "C", False),
    ],
)
def test_under(code, ancestor, is_under):
    assert INDUSTRY.under(code, ancestor) is is_under


def test_a_part_of_another_qualification_is_under_it():
    assert code_list("资质").under("专精特新“小巨人”企业", "专精特新中小企业")
    assert not code_list("资质").under("专精特新中小企业", "专精特新“小巨人”企业")


@pytest.mark.parametrize(
    ("asked", "meant"), [("控股", "控股情况"), ("国民经济行业分类", "国民经济行业"), ("币 种", "币种")]
)
def test_unknown_list_names_the_nearest(asked, meant):
    with pytest.raises(UnknownCodeList) as caught:
        code_list(asked)
    assert str(caught.value) == f"没有“{asked}”这个代码表，是否想写“{meant}”？"
    assert isinstance(caught.value, KeyError)


def test_unknown_list_without_a_near_one():
    with pytest.raises(UnknownCodeList, match=r"没有“xyz”这个代码表。$"):
        code_list("xyz")


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_every_code_is_found_by_itself_and_no_name_finds_a_stranger(one):
    for code in one.values():
        assert one.find(code.code) is code
        assert one.find(f" {code.code.lower()}\u3000") is code
        by_name = one.find(code.name)
        if code.name in one:
            assert by_name is one[code.name]
        else:
            assert by_name is None or code.name in {by_name.name, by_name.code}
            assert by_name is not None or [other.name for other in one.values()].count(code.name) > 1


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_code_and_name_together_mean_the_code_or_what_is_below_it(one):
    for code in one.values():
        for text in (f"{code.code}{code.name}", f"{code.code} {code.name}", f"{code.name}（{code.code}）"):
            found = one.find(text)
            if code.name != code.code and not code.name[0].isdigit():
                assert found is not None
                assert one.under(found.code, code.code)
                assert found.name == code.name


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3963", "3963"),
        ("C3963", "3963"),
        ("c3963", "3963"),
        ("３９６３", "3963"),
        ("3963.0", "3963"),
        ("D3963", None),
        ("0111", "0111"),
        ("111", "111"),
        ("C", "C"),
        ("制造业", "C"),
        ("制造业39", "39"),
        ("39制造业", "39"),
        ("39-制造业", "39"),
        ("制造业(39)", "39"),
        ("（39）制造业", "39"),
        ("计算机、通信和其他电子设备制造业39", "39"),
        ("C39 计算机、通信和其他电子设备制造业", "39"),
        ("计算机、通信和其他电子设备制造业3911", "3911"),
        ("计算机整机制造", "3911"),
        ("中央银行服务", "6610"),
        ("661", "661"),
        ("机动车、电子产品和日用品修理业81", "81"),
        ("铁路、船舶、航空航天和其他运输设备制造37", "37"),
        ("专科疾病防治院（所、站）8432", "8432"),
        ("三维（3D）打印技术推广服务", "7517"),
        ("7517三维（3D）打印技术推广服务", "7517"),
        ("1372水果和坚果加工", "1373"),
        ("1372食用菌加工", "1372"),
        ("制造业/计算机制造/计算机整机制造", "3911"),
        ("食用菌加工39", None),
        ("食用菌批发1372", None),
        ("计算机、通信39", "39"),
        ("二号楼39", None),
        ("石油、煤炭及其他燃料加工业25/化学原料和化学制品制造业26", None),
        ("纺织业17/化学原料和化学制品制造业26", None),
        ("不详", None),
        ("通用工序", None),
        ("", None),
        (" ", None),
        ("jsjzjzz", None),
        ("9999", None),
    ],
)
def test_industry_as_people_write_it(text, meant):
    assert code_of(INDUSTRY.find(text)) == meant


@pytest.mark.parametrize(
    ("code", "name", "meant"),
    [
        ("3963", "智能无人飞行器制造", "3963"),
        ("111", "稻谷种植", "0111"),
        ("111.0", "稻谷种植", "0111"),
        ("111", "煤炭开采和洗选专业及辅助性活动", "1110"),
        ("111", "农业", "0111"),
        ("169", "其他饮料作物种植", "0169"),
        ("3963", "计算机整机制造", None),
        ("0512", "灌溉服务", None),
        ("0512", "农业机械活动", "0512"),
        ("1372", "水果和坚果加工", "1373"),
        ("1372", "食用菌加工", "1372"),
        ("1372", "", "1372"),
        ("1372", None, "1372"),
        ("2645", "密封用填料及类似品制造", "2646"),
        ("2645", "染料制造", "2645"),
        ("2644", "染料制造", "2645"),
        ("3963", "制造业", "3963"),
        ("396", "智能无人飞行器制造", "3963"),
        ("661", "中央银行服务", "6610"),
        ("3963", "我们自己的说法", "3963"),
        ("", "计算机整机制造", "3911"),
        ("—", "计算机整机制造", None),
        ("9999", "计算机整机制造", None),
        ("", "", None),
    ],
)
def test_industry_by_code_and_name_columns(code, name, meant):
    assert code_of(INDUSTRY.find(code, name)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("360702", "360702"),
        ("360702.0", "360702"),
        ("江西省", "360000"),
        ("江西", "360000"),
        ("赣州", "360700"),
        ("章贡区", "360702"),
        ("江西省赣州市章贡区", "360702"),
        ("江西赣州", "360700"),
        ("江西省/赣州市/章贡区", "360702"),
        ("江西省 赣州市 章贡区", "360702"),
        ("江西省章贡区", "360702"),
        ("济南市市中区", "370103"),
        ("枣庄市市中区", "370402"),
        ("市中区", None),
        ("朝阳区", None),
        ("北京市朝阳区", "110105"),
        ("北京朝阳区", "110105"),
        ("吉林", "220000"),
        ("吉林省吉林市", "220200"),
        ("海南", "460000"),
        ("恩施州", "422800"),
        ("内蒙古", "150000"),
        ("两江新区", "500157"),
        ("广东省章贡区", None),
        ("市辖区", None),
        ("台湾", "710000"),
    ],
)
def test_region_as_people_write_it(text, meant):
    assert code_of(REGION.find(text)) == meant


@pytest.mark.parametrize(
    ("id", "text", "meant"),
    [
        ("币种", "港币", "HKD"),
        ("币种", "HK$", "HKD"),
        ("币种", "港元", "HKD"),
        ("币种", "美元", "USD"),
        ("币种", "us$", "USD"),
        ("币种", "人民币", "CNY"),
        ("币种", "RMB", "CNY"),
        ("币种", "￥", "CNY"),
        ("币种", "美元(USD)", "USD"),
        ("币种", "USD美元", "USD"),
        ("币种", "新台币", "TWD"),
        ("币种", "美元/港元", None),
        ("台资注册类别", "台商独资", "独资"),
        ("台资注册类别", "独资", "独资"),
        ("控股情况", "1国有", "1"),
        ("控股情况", "1.国有控股", "1"),
        ("控股情况", "国有", "1"),
        ("控股情况", "2国有", None),
        ("企业规模", "中", "2"),
        ("企业规模", "中型", "2"),
        ("企业规模", "中型企业", "2"),
        ("资本构成", "台资", "4"),
        ("台资路径", "BVI", "3"),
        ("所属产业", "首位产业", "首位"),
        ("运营状态", "停业(歇业)", "2"),
        ("运营状态", "正常", "1"),
        ("合作区重点集群", "led", "LED"),
        ("登记注册统计类别2023", "国有企业", "131"),
        ("登记注册统计类别2011", "国有企业", "110"),
        ("登记注册统计类别", "110", "110"),
        ("登记注册统计类别", "国有联营企业（2011版）", "141"),
        ("资质", "高企", "高新技术企业"),
        ("资质", "专精特新小巨人企业", "专精特新“小巨人”企业"),
        ("土地利用现状分类", "工业用地", "0601"),
        ("用地用海分类", "工业用地", "1001"),
        ("三调工作分类", "05h1", "05H1"),
    ],
)
def test_short_lists_as_people_write_them(id, text, meant):
    assert code_of(code_list(id).find(text)) == meant


def test_typed_text_may_be_pinyin_where_it_is_unique():
    assert code_of(INDUSTRY.find("jsjzjzz", typed=True)) == "3911"
    assert code_of(INDUSTRY.find("JISUANJIZHENGJIZHIZAO", typed=True)) == "3911"
    assert code_of(code_list("币种").find("my", typed=True)) == "USD"
    assert INDUSTRY.find("qt", typed=True) is None
    assert REGION.find("cyq", typed=True) is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("396", "396"),
        ("3963", "3963"),
        ("计算机整机", "3911"),
        ("整机", "3911"),
        ("jsjzj", "3911"),
        ("jisuanjizhengji", "3911"),
        ("计算机 整机", "3911"),
        ("JSJZJ", "3911"),
        ("C", "C"),
        ("zzy", "C"),
    ],
)
def test_search_offers_the_best_first(text, first):
    assert INDUSTRY.search(text)[0].code == first


def test_search_by_place_above():
    assert [code.code for code in REGION.search("北京 朝阳")] == ["110105"]
    assert [code.code for code in REGION.search("赣州")] == ["360700"]
    assert REGION.search("六安")[0].code == "341500"
    assert REGION.search("las")[0].name == "六安市"
    assert "360700" in map(code_of, REGION.search("gzs"))


def test_search_gives_codes_before_names_before_pinyin():
    offered = [code.code for code in INDUSTRY.search("39")]
    assert offered[:3] == ["39", "391", "3911"]
    assert all("39" in code for code in offered)
    assert len(INDUSTRY.search("制造")) == 50
    assert INDUSTRY.search("制造", limit=5) == INDUSTRY.search("制造")[:5]


def test_search_gives_whole_initials_before_longer_ones():
    found = REGION.search("sx", limit=len(REGION))
    # 山西 is said for 山西省: the last word of a place may be left out
    whole = [code.initials == "sx" or (code.initials[:-1] == "sx" and code.name[-1] in "省市县区") for code in found]
    assert sum(whole) > 3
    assert whole == sorted(whole, reverse=True)


def test_search_for_nothing_and_for_what_is_not_there():
    assert [code.code for code in INDUSTRY.search(" ", limit=2)] == ["A", "01"]
    assert INDUSTRY.search("没有这个行业") == []


@given(st.sampled_from(list(INDUSTRY.values()) + list(REGION.values())))
def test_whatever_is_typed_of_an_entry_offers_it(code):
    one = INDUSTRY if INDUSTRY.get(code.code) is code else REGION
    for text in (code.code, code.name, code.pinyin, code.initials, code.name[1:3]):
        assert code in one.search(text, limit=len(one))


@given(st.text(max_size=20))
def test_any_text_is_searched_and_looked_up(text):
    found = INDUSTRY.find(text, typed=True)
    assert found is None or found in INDUSTRY.values()
    assert set(INDUSTRY.search(text)) <= set(INDUSTRY.values())


def test_old_registration_types_are_marked_in_the_common_list():
    new, old, both = (code_list(f"登记注册统计类别{version}") for version in ("2023", "2011", ""))
    assert set(both) == set(new) | set(old)
    for code, one in both.items():
        assert one.name == (new[code].name if code in new else f"{old[code].name}（2011版）")


@pytest.mark.parametrize(
    ("id", "column", "lists"),
    [
        ("登记类别新旧对照", "old_code", "登记注册统计类别2011"),
        ("登记类别新旧对照", "new_code", "登记注册统计类别2023"),
        ("企业划型标准", "gbt4754_scope", "国民经济行业"),
        ("规上标准", "gbt4754_scope", "国民经济行业"),
    ],
)
def test_tables_speak_of_codes_that_exist(id, column, lists):
    codes = {code for row in code_table(id) for code in row[column].split("|")}
    assert codes
    assert codes <= set(code_list(lists))


def test_high_technology_classes_are_industries_of_the_same_name():
    for code in code_list("高技术制造业").values():
        assert not code.parent or INDUSTRY[code.code].name == code.name


@pytest.mark.parametrize("module", ["codes", "pinyin", "text", "uscc"])
def test_examples_in_docstrings(module):
    failed, tried = doctest.testmod(importlib.import_module(f"models.{module}"))
    assert tried
    assert not failed


def test_a_hundred_thousand_lookups_take_well_under_a_second():
    asked = [text for code in list(INDUSTRY.values())[:1000] for text in (code.code, code.name)] * 50
    INDUSTRY.find("3963")
    start = time.process_time()
    for text in asked:
        INDUSTRY.find(text)
    assert (time.process_time() - start) / len(asked) < 9e-6  # goal 3e-6; a busy machine is no fault
