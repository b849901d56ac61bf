"""Two rows that are one record put together: nothing is lost, what clashes is asked, one step takes it back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.ledgers import BY_ID
from models.periods import Period
from models.store.batches import Refused, batch
from models.store.content import content_hash
from models.store.history import redo, undo
from models.store.rows import Rows, content_columns
from models.store.tables import CARRIED, table_of
from models.store.uniting import union_of, unite
from tests.models.store.made import CAPITAL_IN, ECONOMY, ENTERPRISE, ENTERPRISE_YEAR, YEAR, ZONE

PROJECT, MONTH, QUALIFICATION = BY_ID["project"], BY_ID["project_month"], BY_ID["qual"]
BEFORE = Period(2024)


def made(file, *rows):
    """Enterprises of some fields; their ids."""
    with batch(file, ZONE, "录入", "企业") as work:
        return [work.add(ENTERPRISE, values) for values in rows]


def put(file, ledger, values, period=None):
    with batch(file, ZONE, "录入", "数据") as work:
        return work.add(ledger, values, period)


def values(file, ledger, row):
    with file.reading() as connection:
        return Rows(connection, ZONE).values_of(ledger, [row], content_columns(ledger)).get(row)


def planned(file, kept, gone, ledger=ENTERPRISE):
    with file.reading() as connection:
        return union_of(connection, ZONE, ledger, kept, gone)


def carry_out(file, union):
    with batch(file, ZONE, "合并", "合并重复的企业") as work:
        unite(work, union)


def told(union):
    return [(each.ledger.label, each.name, each.period, each.ours, each.theirs) for each in union.clashes]


def test_what_the_other_alone_has_comes_over_and_what_belonged_to_it_changes_hands(file):
    kept, gone = made(
        file,
        {"ent_name": "赣州甲电子有限公司", "uscc": "91360703MA35TEST1X"},
        {"ent_name": "赣州甲电子公司", "legal_rep": "张三", "address": "一路 1 号"},
    )
    own = put(file, ECONOMY, {"ent": kept, "rev": 100_0000, "cost": 12}, YEAR)
    other = put(file, ECONOMY, {"ent": gone, "rev": 120_0000, "profit": 5_0000}, YEAR)
    last = put(file, ECONOMY, {"ent": gone, "rev": 90_0000}, BEFORE)
    paid = put(file, CAPITAL_IN, {"ent": gone, "proof_no": "V1", "amt_usd": 7_0000})
    union = planned(file, kept, gone)
    assert {ledger.label: rows for ledger, rows in union.moved.items()} == {"经济数据": 1, "到资流水": 1}
    assert told(union) == [
        ("企业", "ent_name", "", "赣州甲电子有限公司", "赣州甲电子公司"),
        ("经济数据", "rev", "2025年", 100_0000, 120_0000),
    ]
    carry_out(file, union)
    assert values(file, ENTERPRISE, gone) is None
    one = values(file, ENTERPRISE, kept)
    assert (one["ent_name"], one["former_name"]) == ("赣州甲电子有限公司", "赣州甲电子公司")
    assert (one["legal_rep"], one["address"]) == ("张三", "一路 1 号")
    assert values(file, ECONOMY, other) is None
    both = values(file, ECONOMY, own)
    assert (both["rev"], both["profit"], both["cost"]) == (100_0000, 5_0000, 12)
    assert values(file, ECONOMY, last)["ent"] == values(file, CAPITAL_IN, paid)["ent"] == kept


def test_the_clerk_chooses_where_both_say_something_else(file):
    kept, gone = made(file, {"ent_name": "甲"}, {"ent_name": "甲公司"})
    own = put(file, ECONOMY, {"ent": kept, "rev": 1_0000, "profit": 2_0000}, YEAR)
    put(file, ECONOMY, {"ent": gone, "rev": 3_0000, "profit": 4_0000}, YEAR)
    union = planned(file, kept, gone)
    next(each for each in union.clashes if each.name == "profit").take = True
    carry_out(file, union)
    assert [values(file, ECONOMY, own)[name] for name in ("rev", "profit")] == [1_0000, 4_0000]


def test_what_hangs_on_rows_that_become_one_comes_along(file):
    own = put(file, PROJECT, {"proj_no": "P1", "proj_name": "项目"})
    month = put(file, MONTH, {MONTH.key[0]: own, "inv_m": 1_0000}, Period(2025, "M", 3))
    other = put(file, PROJECT, {"proj_no": "P2", "proj_name": "项目二"})
    theirs = put(file, MONTH, {MONTH.key[0]: other, "inv_m": 2_0000}, Period(2025, "M", 3))
    union = planned(file, own, other, PROJECT)
    assert [(ledger.id, stays, goes) for ledger, stays, goes in union.pairs] == [
        ("project", own, other),
        ("project_month", month, theirs),
    ]
    assert ("项目月度", "inv_m", "2025年3月", 1_0000, 2_0000) in told(union)
    carry_out(file, union)
    assert values(file, MONTH, theirs) is None


def test_one_step_takes_it_back_and_does_it_again(file):
    kept, gone = made(file, {"ent_name": "甲", "uscc": "A1"}, {"ent_name": "乙", "uscc": "A2"})
    for ent in (kept, gone):
        put(file, ENTERPRISE_YEAR, {"ent": ent, "is_up": 1}, YEAR)
        put(file, ECONOMY, {"ent": ent, "rev": 1_0000}, YEAR)
        put(file, ECONOMY, {"ent": ent, "rev": 1_0000}, Period(2025, "Q", 1 if ent == kept else 2))
    before = content_hash(file.path, ids=True)
    carry_out(file, planned(file, kept, gone))
    after = content_hash(file.path, ids=True)
    assert after != before
    assert not undo(file).kept
    assert content_hash(file.path, ids=True) == before
    assert not redo(file).kept
    assert content_hash(file.path, ids=True) == after


def test_what_nobody_confirmed_is_not_confirmed_by_coming_over(file):
    kept, gone = made(file, {"ent_name": "甲"}, {"ent_name": "乙"})
    own = put(file, ENTERPRISE_YEAR, {"ent": kept, "is_up": 1, CARRIED: "is_up"}, YEAR)
    put(file, ENTERPRISE_YEAR, {"ent": gone, "size": "1", "key_ent": 1, CARRIED: "size"}, YEAR)
    carry_out(file, planned(file, kept, gone))
    assert values(file, ENTERPRISE_YEAR, own)[CARRIED] == "is_up size"


def test_rows_that_are_gone_or_one_are_refused(file):
    (one,) = made(file, {"ent_name": "甲"})
    for other in (one, b"\0" * 16):
        with pytest.raises(Refused, match="请刷新"):
            planned(file, one, other)


def test_another_records_row_of_the_same_number_is_left_alone(file):
    kept, gone, third = made(file, {"ent_name": "甲"}, {"ent_name": "乙"}, {"ent_name": "丙"})
    theirs = put(file, CAPITAL_IN, {"ent": third, "proof_no": "001", "amt_usd": 5_0000})
    moved = put(file, CAPITAL_IN, {"ent": gone, "proof_no": "001", "amt_usd": 7_0000})
    carry_out(file, planned(file, kept, gone))
    assert (values(file, CAPITAL_IN, theirs)["ent"], values(file, CAPITAL_IN, theirs)["amt_usd"]) == (third, 5_0000)
    assert (values(file, CAPITAL_IN, moved)["ent"], values(file, CAPITAL_IN, moved)["amt_usd"]) == (kept, 7_0000)


def test_links_to_what_goes_are_no_clash(file):
    kept, gone = made(file, {"ent_name": "甲"}, {"ent_name": "乙"})
    own = put(file, CAPITAL_IN, {"ent": kept, "proof_no": "001", "amt_usd": 5_0000})
    put(file, CAPITAL_IN, {"ent": gone, "proof_no": "001", "amt_usd": 7_0000})
    union = planned(file, kept, gone)
    assert [each[1] for each in told(union)] == ["ent_name", "amt_usd"]
    for each in union.clashes:
        each.take = True
    carry_out(file, union)
    assert (values(file, CAPITAL_IN, own)["ent"], values(file, CAPITAL_IN, own)["amt_usd"]) == (kept, 7_0000)


def test_of_two_rows_that_fit_one_neither_is_lost(file):
    kept, gone = made(file, {"ent_name": "甲"}, {"ent_name": "乙"})
    of = {"kind": "1", "appr_date": 20240101}
    own = put(file, QUALIFICATION, {"ent": kept, **of})
    one, two = (put(file, QUALIFICATION, {"ent": gone, **of, "cert_no": text}) for text in "AB")
    carry_out(file, planned(file, kept, gone))
    left = [found for row in (own, one, two) if (found := values(file, QUALIFICATION, row))]
    assert {found["cert_no"] for found in left} >= {"A", "B"}
    assert {found["ent"] for found in left} == {kept}


@pytest.mark.parametrize("whose", ["kept", "gone", "below"])
def test_what_changed_since_it_was_weighed_is_not_run_over(file, whose):
    kept, gone = made(file, {"ent_name": "甲"}, {"ent_name": "乙", "address": "一路 1 号"})
    union = planned(file, kept, gone)
    with batch(file, ZONE, "录入", "另一处") as work:
        if whose == "below":
            work.add(ECONOMY, {"ent": gone, "rev": 5_0000}, YEAR)
        else:
            work.set(ENTERPRISE, kept if whose == "kept" else gone, {"address": "二路 2 号"})
    with pytest.raises(Refused, match="重新选中"):
        carry_out(file, union)
    assert values(file, ENTERPRISE, gone)


FIELDS = ("ent_name", "legal_rep", "address", "contact", "former_name")
FIGURES = ("rev", "profit", "cost", "tax_paid")
some = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(("甲", "乙", "丙")))
yearly = st.dictionaries(
    st.sampled_from((2023, 2024, 2025)), st.dictionaries(st.sampled_from(FIGURES), st.integers(0, 3))
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(one=some, two=some, books=st.tuples(yearly, yearly), takes=st.randoms(use_true_random=False))
def test_every_value_of_the_other_stands_somewhere_or_was_shown(file, one, two, books, takes):
    kept, gone = made(file, {"ent_name": "甲", **one}, {"ent_name": "甲", **two})
    for ent, of in zip((kept, gone), books, strict=True):
        for year, figures in of.items():
            put(file, ECONOMY, {"ent": ent, **figures}, Period(year))
    union = planned(file, kept, gone)
    for clash in union.clashes:
        clash.take = takes.random() < 0.5
    carry_out(file, union)
    with file.reading() as connection:
        t = table_of(ECONOMY)
        wanted = select(t.c.year, *(t.c[name] for name in FIGURES)).where(t.c.ent == kept)
        found = {year: dict(zip(FIGURES, row, strict=True)) for year, *row in connection.execute(wanted)}
        assert connection.scalars(select(t.c.id).where(t.c.ent == gone)).all() == []
    clashing = {(each.name, each.period): (each.ours, each.theirs, each.take) for each in union.clashes}
    for year in {*books[0], *books[1]}:
        for name in FIGURES:
            ours, theirs = (of.get(year, {}).get(name) for of in books)
            if None in (ours, theirs) or ours == theirs:
                assert found[year][name] == (theirs if ours is None else ours)
            else:
                assert clashing[name, f"{year}年"][:2] == (ours, theirs)
                assert found[year][name] == (theirs if clashing[name, f"{year}年"][2] else ours)
    with batch(file, ZONE, "删除", "清") as work:
        work.remove(ENTERPRISE, [kept])


PLATFORM, CLUSTER, NOTE = BY_ID["platform"], BY_ID["cluster"], BY_ID["audit_note"]
OURS, THEIRS = "91360703MA35TEST1X", "91360703MA35TEST2X"


@pytest.mark.parametrize("take", [False, True])
def test_what_names_the_code_that_goes_names_the_one_that_stays(file, take):
    kept, gone = made(file, {"ent_name": "甲", "uscc": OURS}, {"ent_name": "甲公司", "uscc": THEIRS})
    one = put(file, PLATFORM, {"pf_name": "研发中心", "host_uscc": THEIRS})
    two = put(file, PLATFORM, {"pf_name": "实验室", "host_uscc": OURS})
    lead = put(file, PROJECT, {"proj_no": "P1", "owner_uscc": THEIRS})
    union = planned(file, kept, gone)
    for clash in union.clashes:
        clash.take = take and clash.name == "uscc"
    rows, code = union.renamed
    assert code == (THEIRS if take else OURS)
    assert {row for _, _, row in rows} == ({two} if take else {one, lead})
    before = content_hash_of(file)
    carry_out(file, union)
    assert values(file, ENTERPRISE, kept)["uscc"] == code
    assert {values(file, PLATFORM, row)["host_uscc"] for row in (one, two)} == {code}
    assert values(file, PROJECT, lead)["owner_uscc"] == code
    undo(file)
    assert content_hash_of(file) == before
    redo(file)
    assert values(file, PLATFORM, one)["host_uscc"] == code


def test_an_enterprise_without_a_code_takes_the_others_and_nothing_is_renamed(file):
    kept, gone = made(file, {"ent_name": "甲"}, {"ent_name": "甲公司", "uscc": THEIRS})
    one = put(file, PLATFORM, {"pf_name": "研发中心", "host_uscc": THEIRS})
    union = planned(file, kept, gone)
    assert union.renamed == ([], None)
    carry_out(file, union)
    assert values(file, ENTERPRISE, kept)["uscc"] == values(file, PLATFORM, one)["host_uscc"] == THEIRS


def test_a_projects_members_follow_its_number(file):
    kept, gone = (put(file, PROJECT, {"proj_no": no, "proj_name": "集群"}) for no in ("P1", "P01"))
    member = put(file, PROJECT, {"proj_no": "P2", "parent_proj_no": "P01"})
    carry_out(file, planned(file, kept, gone, PROJECT))
    assert values(file, PROJECT, member)["parent_proj_no"] == "P1"


def explained(file, row, text, rule="P014"):
    return put(file, NOTE, {"pack": "通用", "rule": rule, "ledger": "ent_period", "row": row.hex(), "text": text}, YEAR)


def test_explanations_follow_the_row_and_those_of_both_are_kept(file):
    kept, gone = made(file, {"ent_name": "甲", "uscc": OURS}, {"ent_name": "甲公司"})
    own = put(file, ECONOMY, {"ent": kept, "rev": 100_0000}, YEAR)
    other = put(file, ECONOMY, {"ent": gone, "rev": 120_0000}, YEAR)
    explained(file, own, "二期投产，新增产能 4 亿元")
    both = explained(file, other, "订单转移到本部，增加 2 亿元")
    alone = explained(file, other, "设备出售，净值减少 300 万元", rule="P004")
    before = content_hash_of(file)
    carry_out(file, planned(file, kept, gone))
    told = {(each["rule"], each["row"]): each["text"] for each in notes_of(file)}
    assert told == {
        ("P014", own.hex()): "二期投产，新增产能 4 亿元\n合并进来的一条：订单转移到本部，增加 2 亿元",
        ("P004", own.hex()): "设备出售，净值减少 300 万元",
    }
    assert values(file, NOTE, both) is None
    assert values(file, NOTE, alone)["row"] == own.hex()
    undo(file)
    assert content_hash_of(file) == before


def notes_of(file):
    with file.reading() as connection:
        return connection.execute(select(table_of(NOTE))).mappings().all()


def content_hash_of(file):
    with file.reading() as connection:
        return content_hash(connection)
