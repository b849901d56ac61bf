"""Real published files into 企业, against plain scripts over the same files; they stay outside the repository."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from importers.matching import targets
from importers.merge import NotThisLedger, applying, best_table, planning
from importers.progress import finish
from models.kinds import Raw
from models.ledgers import ledger
from models.store.content import content_hash
from models.store.history import undo
from models.store.merging import reading
from tests.importers.merge.made import ENTERPRISE, ZONE, accounted, rows, take

SAMPLES = Path(__file__).resolve().parents[3].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is absent")

WEIGHTS = [3**place % 31 for place in range(17)]
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_fits(code):
    """GB 32100 by its own words, not by our module."""
    total = sum(CHARACTERS.find(char) * weight for char, weight in zip(code, WEIGHTS, strict=False))
    return all(char in CHARACTERS for char in code) and CHARACTERS[-total % 31] == code[17]


def test_enterprises_of_shandong(file):
    path = SAMPLES / "企业名单_山东.xlsx"
    before = content_hash(file.path)
    result = take(file, path)

    lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    codes = [str(line[3]).strip() for line in lines]
    of_code = {}
    for line, code in zip(lines, codes, strict=True):
        of_code.setdefault(code, []).append(line)
    repeated = {code: mine for code, mine in of_code.items() if len(mine) > 1}
    disputed = {code for code, mine in of_code.items() if len({line[2] for line in mine}) > 1}
    old = {code for code in of_code if len(code) == 15}
    wrong = [code for code in codes if len(code) == 18 and not check_fits(code)]
    assert (len(lines), len(repeated), sum(map(len, repeated.values()))) == (4810, 611, 1767)
    assert (Counter(map(len, codes)), len(wrong)) == ({18: 4280, 15: 530}, 5)

    assert accounted(result.counts)
    assert (result.counts.rows, result.counts.returned, result.counts.aside) == (4810, 0, 0)
    assert result.counts.new == len(of_code) - len(disputed)
    assert result.counts.conflicts == len(disputed) == 6
    assert result.counts.merged == 1767 - 611

    found = rows(file, ENTERPRISE, "ent_name", "uscc", "old_reg_no", "ind_code")
    assert {uscc or number for _, uscc, number, _ in found} == set(of_code)
    assert {number for _, uscc, number, _ in found if uscc is None} == old
    assert {uscc for _, uscc, _, _ in found} >= set(wrong)
    for name, uscc, number, industry in found:
        mine = of_code[uscc or number]
        names = {line[2].strip() for line in mine}
        assert name in names if len(names) == 1 else isinstance(name, Raw) and all(one in name for one in names)
        texts = {line[6] for line in mine} - {""}
        assert (industry is None) == (not texts)
        assert isinstance(industry, Raw) or not texts or next(iter(texts)).endswith(industry)

    undo(file)
    assert content_hash(file.path) == before


def test_small_listed_firms_are_placed_by_name(file):
    result = take(file, SAMPLES / "企业名单_三板.xlsx")
    counts = result.counts
    names = [
        line[1]
        for line in CalamineWorkbook.from_path(SAMPLES / "企业名单_三板.xlsx").get_sheet_by_index(0).to_python()[1:-1]
    ]
    assert (counts.rows, counts.aside, counts.new + counts.conflicts) == (1380, 1, len(set(names)))
    assert accounted(counts)


def test_listed_companies_once_their_english_headings_are_chosen(file):
    table = best_table_of(file)
    assert "7 个字节不是 GBK 文字" in table.notes[0]
    by_label = {target.label: target for target in targets(ENTERPRISE)}
    matching = table.matching.choose(0, by_label["证券代码"]).choose(1, by_label["单位详细名称"])
    plan = finish(planning(file, replace(table, matching=matching), ZONE))
    assert (plan.counts.rows, plan.counts.new, plan.counts.kept) == (3969, 3969, 0)
    finish(applying(file, plan))
    assert ("浦发银行", "600000", 19991110) in rows(file, ENTERPRISE, "ent_name", "ipo_code", "ipo_date")
    assert best_table_of(file).matching.columns[1].how == "记得"


def best_table_of(file):
    with reading(file, ZONE) as store:
        return best_table(SAMPLES / "上市公司_GBK.csv", ENTERPRISE, None, store)


@pytest.mark.parametrize("name", ["上市公司_GBK.csv", "土地供应结果_北京.xlsx"])
@pytest.mark.parametrize("into", ["企业", "到资流水"])
def test_tables_of_something_else_are_refused(file, name, into):
    with pytest.raises(NotThisLedger, match=f"请确认这是不是“{into}”的表"):
        take(file, SAMPLES / name, ledger(into))
