"""Why a figure changed: the parts add up exactly for every indicator of random zones, and equal an independent reckoning."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest

from models.change.basis import Then, basis_of
from models.change.parts import BASIS, KEPT, MOVED_IN, When, explain
from models.change.told import LIMIT, difference, explanation, named
from models.indicators import indicator_set
from models.ledgers import BY_ID, ledger
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.versions import keep_version
from models.store.zones import create_zone
from models.substance import emptiness
from tests.independent import changes
from tests.independent.compare import TODAY, World, exported, programs, world
from tests.independent.taiwan import Taiwan
from tests.independent.zones import fill

NOW = Period(2025)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world(tmp_path_factory.mktemp("变动"), 77, 6)


def explained(connection, name, zones, period=NOW, only=None):
    ready = indicator_set(pack(name))
    for result in ready.results(connection, zones, period, TODAY):
        if only is not None and result.indicator.id not in only:
            continue
        yield explain(result, ready.figures[result.indicator.id], connection, When(zones, period, TODAY, pack(name)))


@pytest.mark.parametrize("name", ["台办", "工信"])
def test_the_parts_add_up_or_a_sentence_says_why_there_are_none(made, name):
    parted = 0
    with made.reading() as connection:
        for code, year in made.asked[:4]:
            for change in explained(connection, name, programs(connection, code), Period(year)):
                where = change.result.indicator.id, code, year
                if change.why:
                    assert "对不上" not in change.why, where
                    assert change.total is None or "若" in change.why or "最大" in change.why or "0" in change.why, (
                        where
                    )
                    continue
                parted += 1
                assert change.remainder == 0, where
                assert sum(change.parts.values()) == change.result.value - change.result.prior, where
                assert sum(change.printed.values()) == change.result.difference, where
                assert sum((part for _, part in change.sets), Fraction(0)) == change.total - sum(
                    (each.amount for each in change.basis), Fraction(0)
                ), where
    assert parted > 200


def test_the_parts_are_those_of_plain_python(made):
    compared, kinds = 0, set()
    with made.reading() as connection:
        for code, year in made.asked:
            right = changes.parts(made.ledgers, code, year)
            zones = programs(connection, code)
            for change in explained(connection, "台办", zones, Period(year), right):
                id = change.result.indicator.id
                if not change.why:
                    ours, theirs = (
                        {kind: part for kind, part in side.items() if part} for side in (change.parts, right[id])
                    )
                    assert ours == theirs, (id, code, year)
                    compared += 1
                    kinds |= change.parts.keys()
    assert compared > 30
    assert kinds == {KEPT, changes.NEW, changes.LEFT, MOVED_IN, changes.MOVED_OUT}


def test_every_explanation_counts_as_one(made):
    told = 0
    with made.reading() as connection:
        for code, year in made.asked[:2]:
            for name in ("台办", "工信"):
                for change in explained(connection, name, programs(connection, code), Period(year)):
                    if change.why or not change.movers:
                        continue
                    names = {(one.mover.ledger, one.mover.row): one for one in named(connection, change.movers)}
                    text = explanation(change, names, Period(year))
                    assert emptiness(text, figure=True) == "", text
                    assert len(text) <= LIMIT
                    people = [one for one in names.values() if one.private]
                    assert not any(one.title.name in text for one in people if len(one.title.name) > 1), text
                    told += 1
    assert told > 30


def test_what_was_issued_last_year_beside_the_ledgers_is_a_change_of_basis(tmp_path):
    path = tmp_path / "园区.db"
    code = fill(path, 3, 1)[0]
    ready = indicator_set(pack("台办"))
    with DataFile(path, who="测试") as file:
        with file.reading() as connection:
            zones = programs(connection, code)
            before = ready.values(connection, zones, NOW.back(), TODAY)
        told = {id: None if value is None else value + 7 for id, value in before.items()}
        values = {"pack": "台办", "version": 1, "state": "签发", "issued_at": "2025-01-09T10:00:00"}
        with batch(file, code, "签发", "签发") as work:
            keep_version(work, NOW.back(), told, values)
        with file.reading() as connection:
            found = {each.result.indicator.id: each for each in explained(connection, "台办", zones)}
    change = found["TW02"]
    assert change.remainder == 0
    assert change.parts[BASIS] == -7
    assert "第 1 版" in change.basis[0].words
    assert all(each.parts.get(BASIS) == -7 for id, each in found.items() if not each.why and id != "TW15")


def test_a_percentage_changes_by_points(made):
    with made.reading() as connection:
        code, year = made.asked[0]
        for change in explained(connection, "台办", programs(connection, code), Period(year)):
            told = difference(change.result)
            assert ("百分点" in told) == (change.result.indicator.unit == "%" and change.result.difference is not None)
            assert "%）" not in told or change.result.indicator.unit != "%"


def test_the_independent_side_imports_nothing_of_the_program():
    source = Path(changes.__file__).read_text(encoding="utf-8")
    froms = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert froms <= {
        "__future__",
        "collections.abc",
        "fractions",
        "tests.independent.ledgers",
        "tests.independent.taiwan",
    }


def test_movers_lead_to_rows_that_are_there(made):
    with made.reading() as connection:
        code, year = made.asked[0]
        for change in explained(connection, "台办", programs(connection, code), Period(year)):
            assert all(
                each.title.name or each.title.key or BY_ID[each.mover.ledger]
                for each in named(connection, change.movers)
            )


def _issued_by(path, code, alter, more=0):
    """Last year's return of 台办, issued by another basis: the zone's programs, and that basis' figures plus ``more``."""
    of = pack("台办")
    kept = basis_of(of)
    alter(kept)
    with DataFile(path, who="测试") as file:
        with file.reading() as connection:
            zones = programs(connection, code)
            told = {}
            for each in of.indicators:
                first = Then(kept, of, each).values(connection, zones, NOW.back(), TODAY)
                told[each.id] = None if first is None else first[0][1] + more
        values = {"pack": "台办", "version": 99, "state": "签发", "issued_at": "2025-01-09T10:00:00"}
        with batch(file, code, "签发", "签发") as work:
            keep_version(work, NOW.back(), told, values, basis=kept)
    return zones


def _narrow(kept):
    kept["参数"]["招商地点"] = '("昆山", "东莞")'
    kept["参数"]["台资在册"] = '企业年度.是否台资 且 企业年度.运营状态 = "正常运营"'
    kept["公式"]["TW03"] = "合计(经济数据.工业总产值)"


@pytest.mark.parametrize("more", [0, 7])
def test_another_basis_is_told_apart_from_the_rows_and_equals_plain_python(tmp_path, more):
    path = tmp_path / "园区.db"
    codes = fill(path, 5, 3)
    asked = {code: _issued_by(path, code, _narrow, more) for code in codes}
    right = exported(path, tmp_path / "csv", [(code, 2024) for code in codes]).ledgers
    parted = changed = 0
    with DataFile(path, read_only=True) as file, file.reading() as connection:
        for code, zones in asked.items():
            plain = Taiwan(right, code, 2024)
            # counted anew from the CSV: the firms that only this year's basis takes in
            preparing = sum(
                plain.marked(firm, "是否台资") and plain.state(firm, "运营状态") == "筹建" for firm in plain.states
            )
            for change in explained(connection, "台办", zones):
                if change.why:
                    continue
                where = code, change.result.indicator.id
                parted += 1
                assert change.remainder == 0, where
                assert sum(change.printed.values()) == change.result.difference, where
                since = [each.amount for each in change.basis if "（按当时的口径）" in each.words]
                assert since == [-more] * bool(more) or where[1] == "TW15", where
                told = {each.words: each.amount for each in change.basis if each.words.startswith("“台资在册”由 ")}
                if where[1] == "TW02":
                    assert sum(told.values()) == preparing
                    changed += bool(told)
                elif where[1] == "TW03" and any(each.words.startswith("公式") for each in change.basis):
                    changed += 1
    assert parted > 30
    assert changed > 1


def test_a_basis_that_was_not_kept_or_reads_no_more_is_told_and_none_is_invented(tmp_path):
    def gone(kept):
        kept["公式"]["TW02"] = "计数(企业年度, 没有的字段)"

    path = tmp_path / "园区.db"
    code = fill(path, 3, 1)[0]
    of = pack("台办")
    with DataFile(path, who="测试") as file:
        with file.reading() as connection:
            zones = programs(connection, code)
        for basis, said in ((None, "没有留下"), (basis_of(of), "现在算不出来")):
            if basis:
                gone(basis)
            values = {"pack": "台办", "version": 98 + bool(basis), "state": "签发", "issued_at": "2025-01-09T10:00:00"}
            with batch(file, code, "签发", "签发") as work:
                keep_version(work, NOW.back(), {"TW02": Fraction(1000)}, values, basis=basis)
            with file.reading() as connection:
                (change,) = explained(connection, "台办", zones, only=("TW02",))
            (part,) = change.basis
            assert said in part.words
            assert "分不出来" in part.words
            assert change.remainder == 0


def test_what_the_zone_says_of_itself_is_the_same_zone_in_both_years(tmp_path):
    """联席会议次数 is one figure of the zone's own row for each year: nobody has come or left, and it is called by the zone."""
    path = tmp_path / "园区.db"
    with DataFile(path, who="测试") as file:
        create_zone(file, "Z1", "甲开发区")
        for year, times in ((2024, 2), (2025, 3)):
            with batch(file, "Z1", "录入", "会议") as work:
                on = ledger("开发区年度")
                work.add_many(on, [{on.field("联席会议次数").id: times}], Period(year))
        with file.reading() as connection:
            (change,) = explained(connection, "台办", ["Z1"], only=["TW14"])
            names = {(one.mover.ledger, one.mover.row): one for one in named(connection, change.movers)}
    assert change.parts == {KEPT: 1}
    assert [one.title.name for one in names.values()] == ["甲开发区"]
    assert "两年都有的 1 个开发区合计增加 1" in explanation(change, names, NOW)
