"""Enterprises that look like one: by name without place and form, and by a like name with something else in common."""

from __future__ import annotations

import pytest

from models.doubts.alike import Who, core, pairs_alike
from models.doubts.kinds import ALIKE
from models.doubts.looking import doubts
from models.ledgers.enterprise import ENTERPRISE
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone


@pytest.mark.parametrize(
    "name",
    [
        "赣州赋声电子股份有限公司", "赣州赋声电子有限公司", "江西省赣州市赋声电子有限责任公司", "赣州市章贡区赋声电子有限公司",
        "赋声电子（赣州）有限公司", "赣州赋声电子集团有限公司", "赣州 赋声电子 有限公司",
    ],
)  # fmt: skip
def test_place_and_form_do_not_count(name):
    assert core(name, ["赣州"]) == "赋声电子"


def alike(*firms):
    return [(each.one, each.other, each.why) for each in pairs_alike(firms, 0.75, ["赣州"])]


def test_the_same_name_but_for_its_form_is_told():
    one = Who(b"1", "赣州赋声电子股份有限公司", legal="林某", phone="0797-8123456")
    other = Who(b"2", "赣州赋声电子有限公司", legal="林某", phone="07978123456")
    assert alike(one, other) == [(b"1", b"2", "名称去掉地名和公司形式后相同、法定代表人相同、电话相同")]


@pytest.mark.parametrize(
    ("name", "other", "told"),
    [
        ("赣州赋声电子有限公司", "赣州富声电子有限公司", {"legal", "phone", "address"}),  # a slip of the input method
        ("赣州赋声微电子有限公司", "赣州赋声电子有限公司", {"legal", "phone", "address"}),  # a character left out
        ("赣州逸苒汽车部件有限公司", "赣州逸岑汽车部件有限公司", {"phone", "address"}),
        ("赣州赋声电子有限公司", "赣州泠澍稀土材料有限公司", set()),
        ("赣州屿岑合金材料有限公司", "赣州岚屿宁合金材料有限公司", {"phone", "address"}),
    ],
)
def test_a_like_name_needs_something_in_common(name, other, told):
    assert alike(Who(b"1", name), Who(b"2", other)) == []
    for common in ("legal", "phone", "address"):
        found = alike(Who(b"1", name, **{common: "13800001234"}), Who(b"2", other, **{common: "138 0000 1234"}))
        assert bool(found) == (common in told), common


def test_a_pair_is_told_once_and_no_number_with_it():
    firms = [Who(bytes([n]), "赣州赋声电子有限公司", phone="13800001234", address="创业路 1 号") for n in range(3)]
    found = alike(*firms)
    assert [(one, other) for one, other, _ in found] == [(b"\0", b"\1"), (b"\0", b"\2"), (b"\1", b"\2")]
    assert "138" not in str(found)


def test_an_address_of_a_whole_park_says_nothing():
    firms = [Who(n.to_bytes(2), f"赣州甲乙{n}电子有限公司", address="创业园") for n in range(60)]
    assert alike(*firms) == []


def test_they_are_listed_with_the_codes_by_which_to_tell_them(tmp_path):
    with DataFile(tmp_path / "园区.db", who="录入员") as file:
        create_zone(file, "360701", "赣州经济技术开发区")
        with batch(file, "360701", "录入", "两家") as work:
            work.add(
                ENTERPRISE, {"ent_name": "赣州赋声电子股份有限公司", "uscc": "91360703DEM6FRH80K", "tel": "13800001234"}
            )
            work.add(
                ENTERPRISE, {"ent_name": "赣州赋声电子有限公司", "uscc": "91360500716575125F", "tel": "13800001234"}
            )
        (doubt,) = doubts(file, pack("台办"), ["360701"], Period(2025)).found
    assert doubt.kind.id == ALIKE
    assert doubt.message == (
        "“赣州赋声电子股份有限公司”与“赣州赋声电子有限公司”（91360500716575125F）名称去掉地名和公司形式后相同、电话相同"
    )
    assert "1380000" not in str(doubt.to_json())


def test_one_written_under_two_parks_of_a_zone_is_told_with_the_park(tmp_path):
    with DataFile(tmp_path / "园区.db", who="录入员") as file:
        create_zone(file, "360701", "赣州经济技术开发区")
        create_zone(file, "36070101", "香港产业园", parent_code="360701", role="3")
        for zone, name in (("360701", "赣州赋声电子股份有限公司"), ("36070101", "赣州赋声电子有限公司")):
            with batch(file, zone, "录入", name) as work:
                work.add(ENTERPRISE, {"ent_name": name, "tel": "13800001234"})
        (doubt,) = doubts(file, pack("台办"), ["360701", "36070101"], Period(2025)).found
        assert doubt.apart
        assert {doubt.zone, *doubt.homes} == {"360701", "36070101"}
        other = "香港产业园" if doubt.zone == "360701" else "赣州经济技术开发区"
        assert f"（没有代码，在{other}）名称去掉地名和公司形式后相同、电话相同" in doubt.message
        assert doubt.lines[1][1][2].startswith(f"在{other}，")
