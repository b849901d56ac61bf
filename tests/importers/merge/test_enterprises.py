"""Imports into 企业: which record a row is about, what happens to rows of one record, what comes back."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.merge import CONFLICT, MERGED, NEW, RETURNED, UPDATED, Counts, applying, entries
from importers.progress import finish
from models.kinds import Raw
from models.store.content import content_hash
from models.store.history import redo, undo
from models.store.past import past_of
from models.text import fold
from tests.importers.merge.made import (
    CODE,
    ENTERPRISE,
    NAME,
    YEARLY,
    ZONE,
    accounted,
    add,
    code,
    plan_cells,
    plan_of,
    put,
    rows,
    take,
    write,
)  # fmt: skip

OLD = "360703123456789"


def fates(counts):
    return {name: count for name in Counts.__slots__ if (count := getattr(counts, name))}


def enterprises(file):
    return rows(file, ENTERPRISE, "ent_name", "uscc", "old_reg_no")


def test_a_first_roster_and_the_same_again(file, tmp_path):
    path = write(
        tmp_path / "名录.xlsx",
        ["序号", NAME, CODE, "行业"],
        [1, "甲公司", code(1), "制造业39"],
        [2, "乙公司", code(2), "不详"],
    )
    before = content_hash(file.path)
    assert fates(take(file, path).counts) == {"rows": 2, "new": 2, "kept": 1}
    assert rows(file, ENTERPRISE, "ent_name", "uscc", "ind_code") == [
        ("甲公司", code(1), "39"),
        ("乙公司", code(2), Raw("不详")),
    ]
    after = content_hash(file.path)
    again = take(file, path)
    assert fates(again.counts) == {"rows": 2, "same": 2, "kept": 1}
    assert again.batch is None
    assert undo(file).title == "导入 名录.xlsx"
    assert content_hash(file.path) == before
    redo(file)
    assert content_hash(file.path) == after


def test_the_history_knows_file_sheet_row_and_column(file, tmp_path):
    take(file, write(tmp_path / "名录.xlsx", ["园区企业"], [NAME, CODE], ["甲公司", code(1)], ["乙公司", code(2)]))
    by_name = dict(rows(file, ENTERPRISE, "ent_name", "id"))
    (step,) = past_of(file, ZONE, by_name["乙公司"])
    assert step.place == 4
    assert step.batch.kind == "导入"
    assert (
        step.batch.source
        == '{"file":"名录.xlsx","sheet":"名录","ledger":"enterprise","columns":{"ent_name":"A","uscc":"B"}}'
    )


def test_a_preview_writes_nothing(file, tmp_path):
    path = write(tmp_path / "名录.xlsx", [NAME, CODE], ["甲公司", code(1)])
    before = content_hash(file.path)
    result = take(file, path, dry_run=True)
    assert result.counts.new == 1
    assert result.batch is None
    assert content_hash(file.path) == before


def test_stopped_before_the_end_nothing_is_left(file, tmp_path):
    plan = plan_of(file, write(tmp_path / "名录.xlsx", [NAME, CODE], ["甲公司", code(1)]))
    before = content_hash(file.path)
    steps = applying(file, plan)
    texts = [next(steps).text, next(steps).text]
    steps.close()
    assert texts[-1].startswith("写历史")
    assert content_hash(file.path) == before
    assert enterprises(file) == []
    finish(applying(file, plan))
    assert enterprises(file) == [("甲公司", code(1), None)]


def test_rows_find_their_record_by_code_then_number_then_name(file, tmp_path):
    by_code, by_number, by_name = add(
        file,
        {"uscc": code(1), "ent_name": "甲公司"},
        {"old_reg_no": OLD, "ent_name": "乙公司"},
        {"ent_name": "丙（赣州）公司"},
    )
    path = write(
        tmp_path / "名录.xlsx", [NAME, CODE, "联系人"],
        ["甲公司改名", f" {code(1).lower()} ", "张"], ["乙", float(OLD), "王"], ["丙(赣州) 公司", None, "李"], ["丁公司", None, "赵"],
    )  # fmt: skip
    assert fates(take(file, path).counts) == {"rows": 4, "new": 1, "updated": 3}
    found = dict(rows(file, ENTERPRISE, "id", "contact"))
    assert [found[by_code], found[by_number], found[by_name]] == ["张", "王", "李"]


def test_a_code_completes_the_record_that_has_the_name_but_no_code(file, tmp_path):
    add(file, {"ent_name": "甲公司"}, {"ent_name": "乙公司", "uscc": code(2)})
    result = take(file, write(tmp_path / "名录.xlsx", [NAME, CODE], ["甲公司", code(1)], ["乙公司", code(3)]))
    assert fates(result.counts) == {"rows": 2, "new": 1, "updated": 1}
    assert sorted(enterprises(file)) == [
        ("乙公司", code(2), None),
        ("乙公司", code(3), None),
        ("甲公司", code(1), None),
    ]


def test_fifteen_digits_among_the_codes_are_the_old_number(file, tmp_path):
    take(file, write(tmp_path / "名录.xlsx", [NAME, CODE], ["甲公司", OLD], ["乙公司", code(2)], ["甲公司 ", OLD]))
    assert enterprises(file) == [("甲公司", None, OLD), ("乙公司", code(2), None)]


def test_a_code_that_is_wrong_is_still_a_code(file, tmp_path):
    wrong = code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1")
    result = take(
        file, write(tmp_path / "名录.xlsx", [NAME, CODE], ["甲公司", wrong], ["甲公司", code(1)], ["乙公司", "无"])
    )
    assert fates(result.counts) == {"rows": 3, "new": 3}
    assert {uscc for _, uscc, _ in enterprises(file)} == {wrong, code(1), "无"}


def test_only_what_cannot_be_placed_comes_back(file, tmp_path):
    add(file, {"ent_name": "同名公司", "legal_rep": "张"}, {"ent_name": "同名公司", "legal_rep": "王"})
    path = write(
        tmp_path / "名录.xlsx", [NAME, CODE, "成立日期", "企业规模"],
        ["甲公司", 9.13605e17, "2020-01-01", "小型"], [None, None, "2020-01-01", "小型"], ["同名公司", None, None, "小型"],
        ["乙公司", None, "约2020年", "特大型"],
    )  # fmt: skip
    plan = plan_of(file, path, when="2025")
    assert fates(plan.counts) == {"rows": 4, "new": 1, "returned": 3, "kept": 2}
    destroyed, nameless, double = entries(plan, RETURNED)
    assert destroyed.place == "名录!B2"
    assert "Excel" in destroyed.after
    assert nameless.record == "第 3 行"
    assert "“同名公司”对上了 2 个企业" in double.after


def test_equal_and_complementary_rows_merge(file, tmp_path):
    path = write(
        tmp_path / "名录.xlsx", [NAME, CODE, "联系人", "行业"],
        ["甲公司", code(1), "张", None], ["乙公司", code(2), None, None],
        ["甲 公司", code(1), None, "制造业39"], ["甲公司", code(1), "张", "39"],
    )  # fmt: skip
    plan = plan_of(file, path)
    assert fates(plan.counts) == {"rows": 4, "new": 2, "merged": 2}
    assert [(one.record, one.after, one.place) for one in entries(plan, MERGED)] == [
        ("甲公司", "与第 2 行是同一条记录", "名录!第 4 行"),
        ("甲公司", "与第 2 行是同一条记录", "名录!第 5 行"),
    ]
    take(file, path)
    assert rows(file, ENTERPRISE, "ent_name", "contact", "ind_code") == [("甲公司", "张", "39"), ("乙公司", None, None)]


def test_rows_that_disagree_are_one_conflict_and_lose_nothing(file, tmp_path):
    path = write(tmp_path / "名录.xlsx", [NAME, CODE, "联系人"], ["甲公司", code(1), "张"], ["甲公司", code(1), "王"])
    plan = plan_of(file, path)
    assert fates(plan.counts) == {"rows": 2, "conflicts": 1, "merged": 1}
    (entry,) = entries(plan, CONFLICT)
    assert (entry.field, entry.after, entry.place) == ("联系人", "C2:张;C3:王", "名录!C2")
    take(file, path)
    assert rows(file, ENTERPRISE, "ent_name", "contact") == [("甲公司", Raw("C2:张;C3:王"))]


def test_a_disputed_value_does_not_replace_what_the_ledger_has(file, tmp_path):
    add(file, {"ent_name": "甲公司", "uscc": code(1), "contact": "张"})
    path = write(tmp_path / "名录.xlsx", [NAME, CODE, "联系人"], ["甲公司", code(1), "李"], ["甲公司", code(1), "王"])
    take(file, path)
    assert rows(file, ENTERPRISE, "contact") == [("张",)]
    take(file, path, take_file=True)
    assert rows(file, ENTERPRISE, "contact") == [(Raw("C2:李;C3:王"),)]


def test_what_was_typed_is_kept_unless_told_otherwise(file, tmp_path):
    typed, brought = add(
        file,
        {"ent_name": "甲公司", "uscc": code(1), "contact": "张", "tel": "1"},
        {"ent_name": "乙公司", "uscc": code(2), "contact": "张"},
    )
    put(file, typed, {"contact": "手填"})
    put(file, brought, {"contact": "手填"})
    put(file, brought, {"contact": "导入的"}, kind="导入")
    path = write(
        tmp_path / "名录.xlsx",
        [NAME, CODE, "联系人", "联系电话"],
        ["甲公司", code(1), "王", "2"],
        ["乙公司", code(2), "李", None],
    )
    plan = plan_of(file, path)
    assert fates(plan.counts) == {"rows": 2, "conflicts": 1, "updated": 1}
    conflict, update = entries(plan, CONFLICT)
    assert (conflict.now, conflict.after, conflict.place) == ("手填（手填）", "王", "名录!C2")
    assert (update.kind, update.field, update.now, update.after) == (UPDATED, "联系电话", "1", "2")
    take(file, path)
    assert rows(file, ENTERPRISE, "contact", "tel") == [("手填", "2"), ("李", None)]
    plan.choose(conflict.cell, take_file=True)
    finish(applying(file, plan))
    assert rows(file, ENTERPRISE, "contact") == [("王",), ("李",)]


def test_a_typed_row_is_typed_and_an_undone_edit_is_not(file, tmp_path):
    add(file, {"ent_name": "甲公司", "uscc": code(1), "contact": "张"}, kind="录入")
    (edited,) = add(file, {"ent_name": "乙公司", "uscc": code(2), "contact": "张"})
    put(file, edited, {"contact": "手填"})
    undo(file)
    plan = plan_of(file, write(tmp_path / "名录.xlsx", [CODE, "联系人"], [code(1), "王"], [code(2), "王"]))
    assert [(one.record, one.kind) for kind in (CONFLICT, UPDATED) for one in entries(plan, kind)] == [
        ("甲公司", CONFLICT),
        ("乙公司", UPDATED),
    ]


def test_nothing_in_the_file_overwrites_nothing(file, tmp_path):
    add(file, {"ent_name": "甲公司", "uscc": code(1), "contact": "张", "tel": "1"})
    path = write(tmp_path / "名录.xlsx", [NAME, CODE, "联系人", "联系电话"], ["甲公司", code(1), None, "  "])
    assert take(file, path).counts.same == 1
    assert rows(file, ENTERPRISE, "contact", "tel") == [("张", "1")]


def test_the_year_comes_with_the_enterprise(file, tmp_path):
    path = write(
        tmp_path / "名录.xlsx",
        [NAME, CODE, "是否规上", "企业规模"],
        ["甲公司", code(1), "是", "小型"],
        ["乙公司", code(2), None, None],
    )
    result = take(file, path, when="2025")
    assert fates(result.counts) == {"rows": 2, "new": 2}
    by_name = dict(rows(file, ENTERPRISE, "ent_name", "id"))
    ((year, ent, is_up, _),) = rows(file, YEARLY, "year", "ent", "is_up", "size")
    assert (year, ent, is_up) == (2025, by_name["甲公司"], 1)
    changed = write(
        tmp_path / "二.xlsx", [NAME, CODE, "是否规上"], ["甲公司", code(1), "否"], ["乙公司", code(2), "否"]
    )
    plan = plan_of(file, changed, when="2025")
    assert fates(plan.counts) == {"rows": 2, "updated": 2}
    assert [(one.record, one.field, one.now, one.after) for one in entries(plan, UPDATED)] == [
        ("甲公司", "是否规上", "是", "否"),
        ("乙公司", "是否规上", "", "否"),
    ]


def test_fields_of_the_year_need_a_period(file, tmp_path):
    result = take(file, write(tmp_path / "名录.xlsx", [NAME, CODE, "是否规上"], ["甲公司", code(1), "是"]))
    (match,) = [one for one in result.plan.matching.columns if one.column.label == "是否规上"]
    assert match.how == "请选"
    assert "请指定报告期" in match.note
    assert rows(file, YEARLY, "is_up") == []


texts = st.sampled_from(["甲公司", "乙公司", "甲（公司", "丙公司", None, None])
codes = st.sampled_from([code(1), code(2), code(3), OLD, "123", "无", 9.13605e17, None, None])
others = st.sampled_from(["张", "王", "", None])
table = st.lists(st.tuples(texts, codes, others), min_size=1, max_size=8)


def test_every_row_has_one_fate_and_coming_again_changes_nothing(file):
    def content():
        return sorted(map(repr, rows(file, ENTERPRISE, "ent_name", "uscc", "old_reg_no", "contact")))

    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(table, min_size=1, max_size=2))
    def check(tables):
        while enterprises(file):
            undo(file)
        for lines in tables:
            before = content()
            # a last row keeps columns from being empty and tables from looking like something else
            cells = [[NAME, CODE, "联系人"], *lines, ["末公司", code(9), "末"]]
            plan = plan_cells(file, cells)
            assert accounted(plan.counts)
            done = finish(applying(file, plan))
            after = content()
            told = repr(after) + repr([one.after for kind in (RETURNED, CONFLICT) for one in entries(plan, kind)])
            returned = {plan.matching.heading.data[row] - 1 for row in plan.faults}
            for row, (name, text, _) in enumerate(lines):
                assert row in returned or name is None or fold(name) in fold(told)
                assert row in returned or not isinstance(text, str) or text in told
            again = plan_cells(file, cells)
            assert accounted(again.counts)
            if not returned:  # a name that was ambiguous may be clear once the import has renamed the other record
                assert again.counts.new == again.counts.updated == 0
                finish(applying(file, again))
                assert content() == after
            if done.batch:
                undo(file)
                assert content() == before
                redo(file)
                assert content() == after

    check()


def test_a_hundred_thousand_lines_are_made_only_when_looked_at(file, tmp_path):
    lines = [[f"甲{number}公司", code(number)] for number in range(300)]
    found = entries(plan_of(file, write(tmp_path / "名录.xlsx", [NAME, CODE], *lines)), NEW)
    assert len(found) == 300
    assert found[-1].record == "甲299公司"
    assert [one.record for one in found[:2]] == ["甲0公司", "甲1公司"]
