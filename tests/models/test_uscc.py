"""统一社会信用代码: listed companies' codes, wrong and edge cases, what mod 31 guarantees, and python-stdnum as a peer.

tests/data/codes holds facts: codes of listed companies, and cases each with what is expected. One line is judged otherwise
on purpose: a GB 11714 digit that alone is wrong is 核实, not refused.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import uscc as peer

from models.codes import code_list
from models.uscc import (
    ALPHABET,
    BadCode,
    UnknownAuthority,
    UnknownRegion,
    WrongCharacter,
    WrongCheckDigit,
    WrongLength,
    check,
    check_registration,
    compact,
    describe,
    gb11714_ok,
    is_old_registration,
    is_valid,
    looks_destroyed,
    make,
    validate,
)

DATA = Path(__file__).parent.parent / "data" / "codes"
LEVELS = {"accept": "", "normalise": "", "warn": "核实", "reject": "强制"}


def read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LISTED = [row["uscc"] for row in read("uscc_valid_listed.csv")]
EDGES = read("uscc_invalid_and_edge.csv")
AUTHORITIES = [code for code in code_list("登记管理部门") if len(code) == 2]
REGIONS = list(code_list("行政区划"))
LAWFUL = st.builds(
    make, st.sampled_from(AUTHORITIES), st.sampled_from(REGIONS), st.text(ALPHABET, min_size=8, max_size=8)
)


@pytest.mark.parametrize("code", LISTED)
def test_listed_companies_have_nothing_to_be_said_of(code):
    assert check(code) == (code, "", "")
    assert gb11714_ok(code[8:17])
    assert validate(code) == peer.validate(code) == code


@pytest.mark.parametrize("case", EDGES, ids=[f"{number} {case['kind']}" for number, case in enumerate(EDGES, 2)])
def test_edge_cases_are_judged_as_listed(case):
    expected = "核实" if case["kind"].startswith("GB11714") else LEVELS[case["expected"]]
    verdict = check(case["value"])
    assert verdict.level == expected
    assert bool(verdict.reason) == bool(expected)
    assert is_valid(case["value"]) == (expected != "强制")
    if case["expected"] == "normalise":
        assert verdict.canonical == "91360500716575125F"


def test_only_the_one_difference_to_the_listed_expectations():
    assert sum(case["kind"].startswith("GB11714") for case in EDGES) == 1
    assert {case["expected"] for case in EDGES} == set(LEVELS)


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("", WrongLength, "没有填"),
        ("91360500716575125", WrongLength, "17位"),
        ("360500210008888", WrongLength, "旧注册号"),
        ("370681NA000276X", WrongLength, "旧注册号"),
        ("71657512-5", WrongLength, "组织机构代码"),
        ("9.13605E+17", WrongLength, "科学计数"),
        ("9136O500716575125F", WrongCharacter, "第5位“O”"),
        ("江西赣锋锂业集团股份有限公司江西赣锋", WrongCharacter, "第1位"),
        ("9136A500716575125F", WrongCharacter, "区划"),
        ("91360500716575125G", WrongCheckDigit, "“F”"),
        ("943605007165751256", UnknownAuthority, "“94”"),
        ("91990000716575125A", UnknownRegion, "“990000”"),
        ("913699997165751251", UnknownRegion, "“369999”"),
    ],
)
def test_refusal_says_what_is_wrong(text, kind, says):
    with pytest.raises(BadCode, match=says) as caught:
        validate(text)
    assert type(caught.value) is kind
    assert str(caught.value) == check(text).reason == describe(text)


@given(LAWFUL)
def test_made_codes_are_valid_and_describable(code):
    assert check(code).level == ("核实" if code[:2] in {"11", "92"} else "")
    assert validate(code) == code
    assert peer.calc_check_digit(code[:17]) == code[17]
    assert gb11714_ok(code[8:17])
    assert code[8:16] in describe(code)


@given(LAWFUL, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_seen(code, place, char):
    assume(code[place] != char)
    wrong = code[:place] + char + code[place + 1 :]
    with pytest.raises(WrongCharacter if 2 <= place < 8 and char.isalpha() else WrongCheckDigit):
        validate(wrong)


@given(LAWFUL, st.integers(0, 16))
def test_two_neighbours_changed_over_are_always_seen(code, place):
    """Neighbouring weights differ by -2w mod 31 (27 at the end), never 0, and 31 is prime."""
    assume(code[place] != code[place + 1])
    assert not is_valid(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@given(LAWFUL, st.data())
def test_separators_width_and_case_do_not_matter(code, data):
    written = "".join(data.draw(st.sampled_from((char, char.lower(), chr(ord(char) + 0xFEE0)))) for char in code)
    noise = data.draw(st.lists(st.sampled_from("  -－\u200b\ufeff\xa0\u3000'’"), min_size=19, max_size=19))
    noisy = "".join(extra + char for extra, char in zip(noise, [*written, ""], strict=True))
    assert compact(noisy) == code == validate(noisy)


@given(st.text(max_size=24))
def test_any_text_gets_a_verdict_and_what_is_no_code_is_kept(text):
    verdict = check(text)
    assert compact(verdict.canonical) == verdict.canonical
    assert is_valid(verdict.canonical) == is_valid(text)


def test_no_code_is_kept_as_typed():
    assert compact(" 待补(2025年) ") == "待补(2025年)"
    assert compact("无-新设") == "无-新设"


@pytest.mark.parametrize(
    ("region", "level"),
    [
        ("360703", ""),
        ("371523", ""),  # 茌平县, 区 since 2019
        ("371200", ""),  # 莱芜市, abolished in 2019
        ("500112", ""),  # 渝北区, abolished in 2025
        ("500157", ""),  # 两江新区, new in 2025
        ("130171", ""),  # a zone that statistics list as a county
        ("100000", ""),  # the national office
        ("110302", ""),  # 北京经济技术开发区's own office
        ("360199", "核实"),
        ("361301", "核实"),
        ("660199", "核实"),
        ("367100", "强制"),
        ("991234", "强制"),
        ("000000", "强制"),
    ],
)
def test_region_of_the_registering_office(region, level):
    body = "71657512"
    code = make("91", "360500", body)
    first = f"91{region}{code[8:17]}"
    assert check(first + peer.calc_check_digit(first)).level == level


def test_several_remarks_are_all_said():
    first = "92360199716575126"
    reason = check(first + peer.calc_check_digit(first)).reason
    assert all(part in reason for part in ("GB 11714", "个体工商户", "360199"))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("91360500716575125F", "市场监管（原工商）·企业，登记机关在江西省新余市，组织机构代码71657512-5"),
        (make("91", "500103", "MA000001"), "重庆市渝中区"),
        (make("91", "371523", "MA000001"), "山东省茌平县"),
        (make("91", "110302", "MA000001"), "北京经济技术开发区"),
        (make("91", "360199", "MA000001"), "登记机关在360199"),
        (make("52", "360700", "MA000001"), "民政·民办非企业单位"),
        ("N2360500716575125Y", "农业·村级集体经济组织"),
    ],
)
def test_description(code, says):
    assert says in describe(code)


@pytest.mark.parametrize("body", ["716575126", "71657512", "7165751255", "71657512五", "7165751O5", "７16575125"])
def test_no_organisation_code(body):
    assert not gb11714_ok(body)


def test_make_refuses_what_makes_no_code():
    with pytest.raises(WrongLength):
        make("91", "36070", "MA35T2X0")
    with pytest.raises(UnknownAuthority):
        make("94", "360700", "MA35T2X0")


@pytest.mark.parametrize(
    "value",
    [
        "9.13605E+17",
        "9.13605007165751e+17",
        "9E+17",
        "９.１E＋17",
        " 3.605E+15",
        "9.13605E17",
        913605007165751250,
        9.13605e17,
        1e15,
    ],
)
def test_destroyed_by_excel(value):
    assert looks_destroyed(value)


@pytest.mark.parametrize(
    "value",
    [
        "91360500716575125F",
        "913605007165751250",
        "9136E500716575125F",
        "3.6E+5",
        "1E15",
        "",
        None,
        True,
        360500210008888,
        3.60500210008888e14,
        0.5,
    ],
)
def test_not_destroyed(value):
    assert not looks_destroyed(value)


@pytest.mark.parametrize(
    ("number", "level"),
    [
        ("110108000000016", ""),
        ("3605 0021-0008 888", "核实"),
        ("370681NA000276X", ""),
        ("企合赣总字第001号", "核实"),
        ("111111111111111", "核实"),
    ],
)
def test_old_registration_numbers(number, level):
    assert check_registration(number).level == level


def test_which_are_old_registration_numbers():
    assert is_old_registration("360500210008888")
    assert is_old_registration("370681NA000276X")
    assert not any(
        map(is_old_registration, ("000000000000000", "36050021000888", "36050021000888A", "91360500716575125F", ""))
    )


def test_a_hundred_thousand_checks_take_about_half_a_second():
    codes = LISTED * 200
    check(codes[0])
    start = time.process_time()
    for code in codes:
        check(code)
    assert (time.process_time() - start) / len(codes) < 3e-5  # goal 1e-5; a busy machine is no fault
