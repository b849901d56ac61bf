"""The audit: what explains, when an explanation ends, what is counted as unknown, and that a few rows are judged as in the whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from exporters.audit_sheet import Audited, _rows
from models.audit import EXPLAIN, HINT, MUST, Finding, Report, audit, judged, unjudged
from models.demo import fill
from models.kinds import Choice, Day, Flag, Quantity, Raw
from models.ledger import Ledger
from models.ledgers import LEDGERS, ledger
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_YEAR
from models.ledgers.reporting import AUDIT_NOTE
from models.packs.pack import Pack, pack
from models.packs.tables import COLUMNS, Entry, Source
from models.periods import Period
from models.rules import Scene, rule_set
from models.store.batches import batch
from models.store.file import DataFile
from models.store.findings import counted, notes, write_note
from models.store.tables import FINDING, table_of
from models.store.zones import create_zone
from models.substance import emptiness, substantial

YEAR, TODAY = Period(2025), date(2026, 1, 5)
ZONE, SUB = "360799", "360798"
WORDS = "二期产线2025年3月投产新增产能6亿元"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "审.db", who="测试") as opened:
        create_zone(opened, ZONE, "示例园")
        with batch(opened, ZONE, "录入", "旁的公司") as work:  # a zone without any enterprise is told of (D009)
            other = work.add(
                ENTERPRISE,
                {"ent_name": "旁的公司", "uscc": "91360703DEM6FRH80K", "open_date": 20190501, "ind_code": "6513"},
            )
            work.add(ENTERPRISE_YEAR, {"ent": other, "is_tw": 0, "op_state": "1"}, YEAR)
        yield opened


def enterprise(file: DataFile, name: str = "甲公司", zone: str = ZONE, **economy: object) -> tuple[bytes, bytes]:
    """An enterprise with this year's economy and last year's 营业收入 of 500 万元; the ids of both."""
    with batch(file, zone, "录入", name) as work:
        ent = work.add(
            ENTERPRISE, {"ent_name": name, "uscc": "91360500716575125F", "open_date": 20190501, "ind_code": "6513"}
        )
        work.add(ECONOMY, {"ent": ent, "rev": 500_0000}, YEAR.back())
        row = work.add(ECONOMY, {"ent": ent, "rev": 900_0000, **economy}, YEAR)  # type: ignore[dict-item]
    return ent, row


def report(file: DataFile, *zones: str) -> Report:
    return audit(file, pack("台办"), zones or (ZONE,), YEAR, TODAY)


def of(found: Report, rule: str) -> list[Finding]:
    return [finding for finding in found.findings if finding.rule.id == rule]


def explain(file: DataFile, finding: Finding, text: str) -> None:
    with batch(file, finding.zone, "说明", "说明") as work:
        packs = pack("台办").kept_with(finding.rule.id)
        write_note(work, packs, YEAR, finding.rule.id, finding.ledger.id, finding.row, finding.message, text)


# --- explanations ----------------------------------------------------------------------------------------------------

EMPTY = (
    "", "无", "正常", "情况属实", "核实无误", "核实无误。", " 核 实 无 误 ", "经核实,数据无误!", "已核对,情况属实,数据正常。", "經核实無误",
    "经再次核实,以上数据均真实准确。", "。。。。。。。。。。。。", "订单减少", "二期投产", "核实无误核实无误核实无误", "123456789",
    "—" * 20, "该企业情况属实,以上数据经核对均没有问题", "营业收入比上年增长80%，增加3000万元", "与企业财务报表一致，数据属实",
    "本年比上年增加较多，确实如此，企业填报", "因为（写明原因），营业收入由上年6508.12万元变为65211.30万元",
    "啊" * 12, "哈" * 10 + "5", "同上" * 5, "测试测试测试测试测试", "特此说明，特此说明，特此说明",
    "asdfghjklqwe", "核实无误x核实无误y核实",
    "核實無誤，情況屬實，數據準確", "经核实，情况属实，数据准确，无异议。", "经与企业联系核实，情况属实",
    "经电话核实，企业反映情况属实",
    "经联系企业财务人员核实，数据无误", "企业情况特殊，属正常现象", "符合实际情况，真实有效，予以确认",
    "经核实,营业收入12000万元属正常波动", "正常波动，符合企业经营实际", "数据来源于企业财务报表，真实可靠",
)  # fmt: skip
FULL = (
    "订单转移至越南基地,本年外销减少", WORDS, "本年并入子公司营业收入约3000万元", "核实无误,因二期投产新增两条产线",
    "上年停产检修四个月,本年恢复正常",
    "１２月新签出口订单２０００万元,比上年多", "原材料价格波动，全年利润减少3成", "转产LED灯具，减员120人", "经营不善，2025年3月停产",
)  # fmt: skip


@pytest.mark.parametrize("text", EMPTY)
def test_what_does_not_explain(text: str) -> None:
    assert not substantial(text)
    sentence = emptiness(text)
    assert sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("text", FULL)
def test_what_explains(text: str) -> None:
    assert substantial(text)
    assert emptiness(text) == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (WORDS, True),
        ("上年停产检修四个月,本年恢复正常", True),
        ("订单转移至越南基地,本年外销减少", False),
        ("二期产线2025年3月投产，产能提高", False),  # a date tells no amount
        ("企业搬迁至南区，停产半年", True),
        ("客户转单，少销三分之一", True),
    ],
)
def test_what_is_said_of_figures_names_one(text: str, names: bool) -> None:
    assert substantial(text)
    assert (emptiness(text, figure=True) == "") is names


def test_only_rules_about_figures_want_one(file: DataFile) -> None:
    enterprise(file)
    enterprise(file, "甲公司")
    found = report(file)
    words = "订单转移至越南基地,本年外销减少"
    assert "涉及多少" in of(found, "P014")[0].want(words)
    same_name = of(found, "E004")[0]
    assert same_name.want(words) == ""
    explain(file, same_name, words)
    assert any(each.explained for each in of(report(file), "E004"))


def test_an_explanation_of_a_common_rule_counts_for_every_return(file: DataFile) -> None:
    """P014 stands in 通用: what was written for 台办 is not asked again for 工信; P014 written before for 台办 alone counts there."""
    enterprise(file)
    (open_,) = of(report(file), "P014")
    explain(file, open_, WORDS)
    (other,) = [each for each in audit(file, pack("工信"), (ZONE,), YEAR, TODAY).findings if each.rule.id == "P014"]
    assert other.explained
    assert pack("台办").kept_with("P014") == ("通用", "台办")
    assert pack("台办").kept_with("W003") == ("台办", "通用")
    with batch(file, ZONE, "说明", "旧的") as work:
        note = next(iter(notes(work.connection, ZONE, ("通用",), YEAR).values()))
        work.set(AUDIT_NOTE, note.id, {"pack": "台办"})
    assert of(report(file), "P014")[0].explained


@pytest.mark.parametrize("text", ["情况属实", WORDS])
def test_an_explanation_closes_a_finding_only_with_substance(file: DataFile, text: str) -> None:
    enterprise(file)
    (open_,) = of(report(file), "P014")
    assert open_.open
    explain(file, open_, text)
    (again,) = of(report(file), "P014")
    assert again.note is not None
    assert again.note.text == text
    assert again.explained is (text == WORDS)
    assert again.open is (text != WORDS)
    assert again.to_json()["explanation"] == (text if text == WORDS else "")


def test_an_explanation_ends_with_the_values_it_was_written_for(file: DataFile) -> None:
    _, row = enterprise(file)
    explain(file, of(report(file), "P014")[0], WORDS)
    with batch(file, ZONE, "录入", "改") as work:
        work.set(ECONOMY, row, {"rev": 950_0000})
    (reopened,) = of(report(file), "P014")
    assert reopened.open
    assert reopened.note is not None, "what was written is kept to be written on"
    explain(file, reopened, WORDS)
    assert not of(report(file), "P014")[0].open
    with batch(file, ZONE, "录入", "改回") as work:
        work.set(ECONOMY, row, {"rev": 900_0000})
    assert of(report(file), "P014")[0].open


def test_an_explanation_is_of_one_row_and_one_year(file: DataFile) -> None:
    enterprise(file)
    explain(file, of(report(file), "P014")[0], WORDS)
    enterprise(file, "乙公司")
    assert sorted(finding.open for finding in of(report(file), "P014")) == [False, True]
    row = of(report(file), "P014")[0].row
    with batch(file, ZONE, "录入", "次年") as work:
        table = table_of(ECONOMY)
        owner = work.connection.scalar(select(table.c.ent).where(table.c.id == row))
        work.add(ECONOMY, {"ent": owner, "rev": 9000_0000}, Period(2026))  # type: ignore[dict-item]
    next_year = audit(file, pack("台办"), [ZONE], Period(2026), date(2027, 1, 5))
    assert [finding.open for finding in of(next_year, "P014")] == [True]


def test_a_must_is_never_explained(file: DataFile) -> None:
    enterprise(file, "有 空格公司")
    (must,) = of(report(file), "E005")
    explain(file, must, WORDS)
    found = report(file)
    assert of(found, "E005")[0].open
    assert found.open_must == len(found.of(MUST)) > 0
    assert not found.passed


# --- the verdict -----------------------------------------------------------------------------------------------------


def test_the_verdict(file: DataFile) -> None:
    clean = report(file)
    assert clean.passed
    assert clean.verdict == "可以签发：没有要改的，也没有要说明的"
    enterprise(file)
    found = report(file)
    assert (found.open_must, found.open_explain) == (0, 1)
    assert found.verdict == "还不能签发：核实 1 处要说明"
    explain(file, found.findings[0], WORDS)
    assert report(file).passed


def small(*rules: tuple[str, str, str]) -> Pack:
    """A pack of rules on 经济数据: (id, level, formula)."""
    rows = [
        {"编号": id, "级别": level, "台账": "经济数据", "公式": text, "提示": "{营业收入}", "格": "营业收入"}
        for id, level, text in rules
    ]
    entries = [Entry("规则", line, row) for line, row in enumerate(rows, 2)]
    return Pack(Source("试", {"id": "试"}, {name: [] for name in COLUMNS} | {"规则": entries}, b""))


def test_hints_do_not_block_and_come_last(file: DataFile) -> None:
    enterprise(file)
    tried = small(("A", HINT, "营业收入 < 1"), ("B", EXPLAIN, "营业收入 < 2"), ("C", MUST, "营业收入 < 3"))
    found = audit(file, tried, [ZONE], YEAR, TODAY)
    assert [finding.rule.id for finding in found.findings] == ["C", "B", "A"]
    assert (found.open_must, found.open_explain) == (1, 1)
    assert audit(file, small(("A", HINT, "营业收入 < 1")), [ZONE], YEAR, TODAY).passed


def test_what_cannot_be_judged_is_counted(file: DataFile) -> None:
    enterprise(file, rev=None)
    enterprise(file, "乙公司", rev=0, emp_end=0)
    tried = small(
        ("空", MUST, "营业收入 > 0"),
        ("零", MUST, "营业收入 / 期末从业人员 < 10"),
        ("或", MUST, "营业收入 > 0 或 非 已填(营业收入)"),
        ("按零", MUST, "按零(营业收入) > 0"),
    )
    found = audit(file, tried, [ZONE], YEAR, TODAY)
    assert dict(found.unknown) == {"空": 1, "零": 2}
    assert sorted((finding.rule.id, finding.title.name) for finding in found.findings) == [
        ("或", "乙公司"), ("按零", "乙公司"), ("按零", "甲公司"), ("空", "乙公司"),
    ]  # fmt: skip


def test_a_text_kept_as_typed_cannot_be_judged(file: DataFile) -> None:
    enterprise(file, rev=Raw("约九百万"))
    found = audit(file, small(("空", MUST, "营业收入 > 0")), [ZONE], YEAR, TODAY)
    assert (dict(found.unknown), found.findings) == ({"空": 1}, ())


def test_fields_lead_to_the_cells(file: DataFile) -> None:
    enterprise(file, profit=120_0000, op_profit=100_0000, nonop_in=5_0000, nonop_out=3_0000)
    (found,) = of(report(file), "P002")
    assert found.fields == ("profit", "op_profit", "nonop_in", "nonop_out")
    assert found.message == "甲公司 利润总额 120.00 ≠ 营业利润 100.00 + 营业外收入 5.00 − 营业外支出 3.00（差 18.00）"


# --- kept findings, several zones ------------------------------------------------------------------------------------


def test_findings_are_kept_for_the_badges(file: DataFile) -> None:
    enterprise(file)
    found = report(file)
    with file.reading() as connection:
        assert counted(connection, ZONE, "台办", YEAR) == {f.rule.id: 1 for f in found.findings}
        assert counted(connection, ZONE, "台办", YEAR.back()) == {}
        rows = connection.execute(select(FINDING.c.rule, FINDING.c.row)).all()
    assert {tuple(row) for row in rows} == {(f.rule.id, f.row) for f in found.findings}
    with batch(file, ZONE, "删除", "删") as work:
        work.remove(ECONOMY, [found.findings[0].row])
    report(file)
    with file.reading() as connection:
        assert counted(connection, ZONE, "台办", YEAR) == {}


def test_a_file_that_is_only_read_is_audited(file: DataFile) -> None:
    enterprise(file)
    expected = [(f.rule.id, f.row, f.message) for f in report(file).findings]
    path = file.path
    file.close()
    before = path.read_bytes()
    with DataFile(path, read_only=True) as reader:
        assert [(f.rule.id, f.row, f.message) for f in report(reader).findings] == expected
    assert path.read_bytes() == before


def test_several_zones(file: DataFile) -> None:
    create_zone(file, SUB, "分园", parent_code=ZONE)
    enterprise(file)
    enterprise(file, "分园公司", SUB, rev=5000_0000)
    whole, own, sub = report(file, ZONE, SUB), report(file, ZONE), report(file, SUB)
    assert {f.zone for f in whole.findings} == {ZONE, SUB}
    assert {(f.rule.id, f.zone, f.row) for f in whole.findings} == {
        (f.rule.id, f.zone, f.row) for f in (*own.findings, *sub.findings)
    }
    assert "E003" not in {f.rule.id for f in whole.findings}, "one code in two zones is the province's to find"
    assert whole.unknown == {rule: own.unknown.get(rule, 0) + sub.unknown.get(rule, 0) for rule in whole.unknown}


# --- a few rows are judged as in the whole ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFile]:
    with DataFile(tmp_path_factory.mktemp("演示") / "演示.db", who="测试") as opened:
        fill(opened, zone=ZONE)
        yield opened


def changed(work, on: Ledger, chance: random.Random) -> None:
    """Write something at random into some field of some row of a ledger."""
    table = table_of(on)
    period = [table.c.year == YEAR.year] if on.dated else []
    rows = list(work.connection.scalars(select(table.c.id).where(table.c.zone_code == ZONE, *period)))
    fields = [f for f in on.stored if isinstance(f.kind, Quantity | Flag | Day | Choice) and not f.required]
    fields += [f for f in on.stored if f.required and isinstance(f.kind, Quantity)]
    if not rows or not fields:
        return
    row, field = chance.choice(rows), chance.choice(fields)
    other = work.values_of(on, [chance.choice(rows)], [field.id])
    borrowed = next(iter(other.values()))[field.id]
    numbers = [None, 0, 1, -1, 10**7, borrowed] if isinstance(field.kind, Quantity) else [None, borrowed]
    work.set(on, row, {field.id: chance.choice(numbers)})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_a_few_rows_are_judged_as_in_the_whole(demo: DataFile, seed: int) -> None:
    chance = random.Random(seed)
    asked = {rule.ledger for rule in pack("台办").rules}
    with batch(demo, ZONE, "录入", f"改 {seed}") as work:
        for _ in range(6):
            changed(work, ledger(chance.choice(sorted(asked))), chance)
    whole = report(demo)
    scene = Scene(ZONE, YEAR, TODAY)
    with demo.reading() as connection:
        for on in LEDGERS:
            group = rule_set(pack("台办")).group(on)
            if group is None:
                continue
            table = table_of(on)
            period = [table.c.year == YEAR.year] if on.dated else []
            ids = list(connection.scalars(select(table.c.id).where(table.c.zone_code == ZONE, *period)))
            some = chance.sample(ids, min(len(ids), 5))
            found, _ = judged(demo, pack("台办"), scene, {on.id: some})
            expected = [f for f in whole.findings if f.ledger is on and f.row in some]
            assert {(f.rule.id, f.row): f.message for f in found} == {(f.rule.id, f.row): f.message for f in expected}


def test_why_rows_could_not_be_judged(file: DataFile) -> None:
    enterprise(file)
    enterprise(file, "乙公司", cost=1)
    with batch(file, ZONE, "录入", "丙公司") as work:
        ent = work.add(ENTERPRISE, {"ent_name": "丙公司"})
        work.add(ECONOMY, {"ent": ent, "rev": Raw("约三千")}, YEAR)
        work.add(ECONOMY, {"ent": ent, "rev": 0}, YEAR.back())
    found = report(file)
    why = unjudged(file, found, (ZONE,), TODAY)
    assert set(why) == set(found.unknown)
    assert why["P014"] == "营业收入 填的是“约三千”，不能用、备注说明 未填、上年.营业收入 是 0，不能作除数 1 行"
    assert why["P002"] == "利润总额、营业利润、营业外收入、营业外支出 未填 3 行"


def test_a_persons_name_does_not_leave_with_a_finding(file: DataFile) -> None:
    """Decision 0007: the sealed workbook and the audit's sheet tell a person by the number."""
    talent = ledger("人才团队")
    with batch(file, ZONE, "录入", "人才") as work:
        work.add(talent, {"tal_no": "T01", "name": "张三丰", "org": "中科院稀土研究院"})
    report = audit(file, pack("赣州"), [ZONE], YEAR, TODAY)
    (found,) = (each for each in report.findings if each.ledger is talent and each.rule.id == "ZX10")
    assert (found.title.name, found.called) == ("张三丰", "T01")
    assert "张三丰" not in str(found.to_json())
    assert not any("张三丰" in text for row in _rows(Audited(report, "示例园", "", {}, {})) for text in row)
