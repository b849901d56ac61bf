"""What every declared ledger must keep to, those of today and those to come."""

from __future__ import annotations

import csv
import keyword
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from models.codes import code_list
from models.fields import ALWAYS
from models.kinds import Choice, CreditCode, Day, Flag, Month, Quantity, Reference, Text
from models.ledger import Ledger, Time
from models.ledgers import BY_ID, BY_NAME, LEDGERS, ledger
from models.store.tables import PERIOD_COLUMNS, schema, table_of
from models.text import fold, fold_name
from models.units import unit

FIELDS = [(each, field) for each in LEDGERS for field in each.fields]
every_ledger = pytest.mark.parametrize("each", LEDGERS, ids=lambda each: each.id)
every_field = pytest.mark.parametrize(("each", "field"), FIELDS, ids=lambda value: getattr(value, "id", ""))
OURS = {"id", "zone_code", "raw", "year", "form", "seq"}
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,30}")


def repeated(names):
    return [name for name, times in Counter(names).items() if times > 1]


def test_no_two_ledgers_share_a_name():
    assert repeated(each.id for each in LEDGERS) == []
    assert repeated(fold(each.label) for each in LEDGERS) == []
    assert len(BY_ID) == len(LEDGERS)
    assert {fold_name(each.label) for each in LEDGERS} | {each.id for each in LEDGERS} == set(BY_NAME)
    assert len(schema().tables) == len(LEDGERS) + 4  # batch, change, finding, meta: a ledger of that name would vanish


def test_links_lead_to_ledgers_before():
    """Undo, restore and the content hash go through the ledgers in this order."""
    for number, each in enumerate(LEDGERS):
        assert {field.kind.ledger for field in each.links} <= {before.id for before in LEDGERS[:number]}


@every_ledger
def test_a_ledger_is_whole(each):
    assert IDENTIFIER.fullmatch(each.id)
    assert repeated(field.id for field in each.fields) == []
    assert repeated(field.name for field in each.fields) == []
    assert repeated(fold(field.label) for field in each.fields) == []
    assert len(each.by_name) == len({fold_name(f.id) for f in each.fields} | {f.name for f in each.fields})
    assert set(each.key) | set(each.title) <= {field.id for field in each.stored}
    assert bool(each.title) == bool(each.key)
    assert (each.event != "") == (each.time is Time.EVENT)
    if each.event:
        assert isinstance(each.by_id[each.event].kind, Day)
        assert each.by_id[each.event].required == ALWAYS
    assert set(each.forms) <= set(ALWAYS)
    assert each.key or each.dated  # a ledger without key has one row per zone and period


@every_ledger
def test_sections_stand_together_and_one_line_inside_another_follows_it(each):
    sections = [field.section for field in each.fields]
    first_seen = list(dict.fromkeys(sections))
    if each.own_page:
        assert all(sections) or not any(sections)
        assert first_seen
    assert not each.fields[0].under
    for before, field in pairwise(each.fields):
        if field.under and before.section == field.section:
            assert before.unit == field.unit


@every_ledger
def test_the_database_table_holds_each_stored_field_once(each):
    columns = [column.name for column in table_of(each).columns]
    wanted = ["id", "zone_code", *PERIOD_COLUMNS.get(each.time, ()), "raw", *(field.id for field in each.stored)]
    assert columns == wanted + ["carried"] * bool(each.rolls)
    assert next(iter(table_of(each).primary_key.columns)).name == "zone_code"
    assert all(next(iter(index.columns)).name == "zone_code" for index in table_of(each).indexes)


@every_ledger
def test_no_name_of_a_field_stands_for_two_columns_of_a_file(each):
    """A label or alias belongs to one field; a heading that is both could be matched to either."""
    names = [(fold(name), field.id) for field in each.fields for name in {field.label, *field.aliases}]
    owners: dict[str, set[str]] = {}
    for name, field in names:
        owners.setdefault(name, set()).add(field)
    assert {name: fields for name, fields in owners.items() if len(fields) > 1} == {}
    assert repeated((fold(alias), field.id) for field in each.fields for alias in field.aliases) == []


@every_field
def test_a_field_is_whole(each, field):
    assert IDENTIFIER.fullmatch(field.id)
    assert not keyword.iskeyword(field.id)
    assert field.id not in OURS
    assert field.label == field.label.strip() != ""
    assert all(alias == alias.strip() != "" for alias in field.aliases)
    assert set(field.required) <= set(ALWAYS)
    assert len(set(field.required)) == len(field.required)
    assert not (field.required == ALWAYS and field.needed)
    assert not field.flow or each.time in (Time.YEARLY, Time.PERIOD)
    assert not field.flow or isinstance(field.kind, Quantity)
    if field.formula:
        assert (field.required, field.needed, field.digest) == ("", "", "")
        assert not isinstance(field.kind, Reference)
    if field.digest:
        source = each.by_id[field.digest]
        assert source.personal
        assert not field.personal
        assert isinstance(field.kind, Text)
        assert field.kind.limit >= 40


@every_field
def test_a_kind_says_what_it_may(each, field):
    match field.kind:
        case Quantity() as kind:
            assert unit(kind.unit).name == kind.unit
            assert 0 <= kind.places <= 6
            assert kind.low < kind.high
            assert max(abs(kind.low), kind.high) < 2**63
            assert kind.step.denominator == 1 or kind.unit == "亩"
            assert kind.parse(kind.edit(kind.high)) == kind.high
        case Choice(codes=codes):
            assert len(code_list(codes)) > 1
        case Reference(ledger=target):
            assert target in BY_ID
        case Text(limit=limit):
            assert limit > 0
        case other:
            assert isinstance(other, CreditCode | Day | Flag | Month)


@every_ledger
def test_what_identifies_a_record_is_asked_for(each):
    for name in each.key:
        assert each.by_id[name].required == ALWAYS


def test_personal_fields_are_marked():
    found = {
        (each.id, field.id) for each, field in FIELDS if re.search("姓名|证件号|联系人|联系电话|邮箱", field.label)
    }
    assert {key for key in found if not BY_ID[key[0]].by_id[key[1]].personal} <= {("return_batch", "tel")}


def test_looking_up_names():
    assert ledger("企业") is ledger("enterprise") is BY_ID["enterprise"]
    with pytest.raises(KeyError, match="没有“企页”这本台账，是否想写“企业"):
        ledger("企页")
    found = BY_ID["ent_period"]
    assert found.field("营业收入") is found.field("rev")
    assert found.field("R＆D经费支出") is found.by_id["rd_exp"]
    with pytest.raises(KeyError, match="“经济数据”里没有“营业收人”这一项，是否想写“营业收入”"):
        found.field("营业收人")


def test_ways_of_living_in_time():
    assert {each.time for each in LEDGERS} == set(Time)
    assert [each.id for each in LEDGERS if each.one_per == "enterprise"] == ["enterprise_year", "ent_period", "tw_ent"]
    assert BY_ID["enterprise"].one_per == BY_ID["zone_year"].one_per == BY_ID["tw_youth"].one_per == ""
    assert isinstance(BY_ID["zone"], Ledger)


def wanted_fields():
    """tests/data/ledger_fields.csv: the fields the domain's tables ask for, written down from them, not from the definitions.

    ``required`` are the period forms, "if" a condition, "derived" what the program works out; ``here`` the name it has in the
    program where that is another, or "no" and why it is not kept.
    """
    with (Path(__file__).parents[1] / "data" / "ledger_fields.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("of", "id", "required", "unit_", "here"), wanted_fields(), ids=lambda value: value)
def test_every_field_of_the_domains_tables_is_there(of, id, required, unit_, here):
    each = BY_ID[of]
    if here.startswith("no："):
        assert id not in each.by_id
        return
    for name in here.split() or [id]:
        field = each.by_id[name]
        derived = field.formula or field.digest
        assert ("derived" if derived else "if" if field.needed else field.required) == required
        assert not unit_ or field.unit == unit_


def test_no_ledger_of_the_domains_tables_is_forgotten():
    own = {"ent_change"}  # 合并与分立 are asked for, the domain's tables have no place for them
    assert {row[0] for row in wanted_fields()} | own == {each.id for each in LEDGERS if each.own_page}
