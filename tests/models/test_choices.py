"""Rules switched off and thresholds changed: what counts then, who said so, what may be changed, and undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from models.audit import audit
from models.choices import adjusted, in_force, owners, thresholds, told_choice, value_of
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.packs.pack import pack
from models.periods import Period
from models.rules import rule_set
from models.store.batches import batch
from models.store.choices import OFF, choices, choose
from models.store.file import DataFile
from models.store.history import done, reverse
from models.store.zones import create_zone
from tests.models.demo_rows import TODAY

ZONE, SUB, YEAR = "360799", "360798", Period(2025)
WHY = "本区今年停产整改，营业收入同比不可比"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "设.db", who="王会计") as opened:
        create_zone(opened, ZONE, "示例园")
        create_zone(opened, SUB, "分园", parent_code=ZONE)
        for zone in (ZONE, SUB):
            with batch(opened, zone, "录入", "甲公司") as work:
                ent = work.add(ENTERPRISE, {"ent_name": "甲公司", "ind_code": "6513"})
                work.add(ECONOMY, {"ent": ent, "rev": 500_0000}, YEAR.back())
                work.add(ECONOMY, {"ent": ent, "rev": 900_0000}, YEAR)
        yield opened


def put(file: DataFile, item: str, value: str, why: str = WHY, of: str = "台办") -> None:
    with batch(file, ZONE, "审核设置", f"{value} {item}") as work:
        choose(work, owners(pack(of), item), item, value, why)


def found(file: DataFile, rule: str, of: str = "台办", zones: tuple[str, ...] = (ZONE, SUB)) -> int:
    return sum(each.rule.id == rule for each in audit(file, pack(of), zones, YEAR, TODAY).findings)


def test_a_rule_switched_off_is_not_asked_and_the_report_says_so(file: DataFile) -> None:
    assert found(file, "P014") == 2
    put(file, "P014", OFF)
    report = audit(file, pack("台办"), (ZONE, SUB), YEAR, TODAY)
    assert "P014" not in {each.rule.id for each in report.findings}
    assert "P014" not in report.unknown
    (said,) = report.choices
    assert (said.item, said.value, said.why, said.who) == ("P014", OFF, WHY, "王会计")
    assert said.at[:4].isdigit()
    assert told_choice(said) == "停用 P014"
    assert report.verdict.endswith("（停用了 1 条规则）")
    assert len(pack("台办").rules) == len(report.pack.rules) + 1


def test_it_holds_for_every_return_that_asks_the_rule_and_only_for_the_zone_that_said_so(file: DataFile) -> None:
    put(file, "P014", OFF)
    assert found(file, "P014", "工信") == 0
    assert found(file, "P014", zones=(SUB,)) == 1, "the part alone has not said so"
    assert owners(pack("台办"), "P014") == ("通用", "台办")


def test_switched_on_again_it_counts_and_the_words_stay_in_the_history(file: DataFile) -> None:
    put(file, "P014", OFF)
    put(file, "P014", "", "")
    assert found(file, "P014") == 2
    report = audit(file, pack("台办"), (ZONE,), YEAR, TODAY)
    assert report.choices == ()
    assert [each.title for each in done(file)[:2]] == [" P014", "停用 P014"]
    with file.reading() as connection:
        assert choices(connection, ZONE, ("通用",))["P014"].value == ""


def test_it_is_undone_like_every_step(file: DataFile) -> None:
    put(file, "P014", OFF)
    reverse(file, done(file)[0].no)
    assert found(file, "P014") == 2


def test_a_changed_threshold_is_what_the_rules_and_their_messages_say(file: DataFile) -> None:
    put(file, "同比增减线", "0.9")
    assert found(file, "P014") == 0
    put(file, "同比增减线", "0.8")
    assert found(file, "P014") == 0, "80 % is not above 0.8"
    put(file, "同比增减线", "0.79")
    assert found(file, "P014") == 2
    report = audit(file, pack("台办"), (ZONE,), YEAR, TODAY)
    assert report.verdict.endswith("（改了 1 个阈值）")
    assert report.pack.parameters["同比增减线"] == "0.79"
    assert pack("台办").parameters["同比增减线"] == "0.5"


def test_what_a_pack_has_no_more_does_nothing(file: DataFile) -> None:
    put(file, "X999", OFF, of="通用")
    with file.reading() as connection:
        asked, said = in_force(connection, pack("台办"), ZONE)
    assert asked is pack("台办")
    assert said == ()


@pytest.mark.parametrize("id", ["台办", "工信", "通用"])
def test_thresholds_are_numbers_that_only_rules_read(id: str) -> None:
    of = pack(id)
    found = {each.name: each for each in thresholds(of)}
    assert found["产销率下限"].rules == ("P008",)
    assert found["规上营收线"].unit == "万元"
    texts = "\n".join(each.formula for each in of.indicators)
    assert not [name for name in found if name in texts.replace("(", " ").split()]
    assert "起算日" not in found
    assert "十亿企业" not in found, "an indicator of 工信 counts by it"


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [("产销率下限", "60", "60"), ("产销率下限", " ６５.5 ", "65.5"), ("规上营收线", "3000", "3000万元"),
     ("规上营收线", "3,000万元", "3000万元"),      ("宗地面积下限", "500㎡", "500㎡"),
     ("规上营收线", "０３０００", "3000万元"), ("产销率下限", "060.50", "60.50")],
)  # fmt: skip
def test_a_value_may_be_typed_with_or_without_its_unit(name: str, typed: str, value: str) -> None:
    threshold = next(each for each in thresholds(pack("通用")) if each.name == name)
    assert value_of(threshold, typed) == value


@pytest.mark.parametrize("typed", ["", "六十", "60亿元", "1e3", "60 70", "营业收入", "٣", "3."])
def test_what_is_no_value_is_told(typed: str) -> None:
    threshold = next(each for each in thresholds(pack("通用")) if each.name == "规上营收线")
    with pytest.raises(ValueError, match="2000万元"):
        value_of(threshold, typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9" * 19, "最多各 18 位"),
        ("0." + "1" * 19, "最多各 18 位"),
        ("0", "不能改成 0万元，用到它的规则算不了：不能除以 0"),
    ],
)
def test_a_value_with_which_the_rules_cannot_be_asked_is_refused(typed: str, said: str) -> None:
    """Kept, it would stop every audit of the zone."""
    threshold = next(each for each in thresholds(pack("台办")) if each.name == "估报步长")
    with pytest.raises(ValueError, match=said):
        value_of(threshold, typed, pack("台办"))


@pytest.mark.parametrize("typed", ["0", "-1", "0.000001", "9" * 18])
def test_every_value_that_is_taken_can_be_asked_with(typed: str) -> None:
    of, taken = pack("通用"), {}
    for each in thresholds(of):
        with suppress(ValueError):
            taken[each.name] = value_of(each, typed, of)
    assert len(taken) >= len(thresholds(of)) - 1
    rule_set(adjusted(of, frozenset(), tuple(taken.items())))
