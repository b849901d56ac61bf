"""Forms sent out and taken back: what stands on them, that a folder of them is one step, that red copies put right end the findings."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from exporters.forms import write_forms
from importers.merge.together import NothingBack, applying_all, gathering
from models.audit import audit
from models.codes import code_list, code_list_ids
from models.demo import fill
from models.forms import BEFORE, CHECK, NUMBER, REMEDY, SURE, blank_form, entry_text, form_columns, per_enterprise
from models.kinds import Choice
from models.ledgers import LEDGERS
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.ledgers.industry import CLUSTER
from models.ledgers.innovation import QUALIFICATION
from models.ledgers.project import PROJECT
from models.packs.pack import pack
from models.periods import Period
from models.progress import finish
from models.redforms import red_forms
from models.store import history
from models.store.batches import batch
from models.store.file import DataFile
from models.store.past import past_of
from models.store.places import told_place
from models.store.tables import table_of
from models.store.titles import Title
from models.store.zones import create_zone, zones

YEAR, TODAY = Period(2025), date(2026, 1, 5)
PACK = "台办"
OWN = [ledger for ledger in LEDGERS if ledger.own_page]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("forms") / "园区.db"
    with DataFile(path, who="录入员") as file:
        fill(file, enterprises=24, years=3, seed=1)
    return path


@pytest.fixture
def file(tmp_path, made):
    with DataFile(Path(shutil.copy(made, tmp_path / "园区.db")), who="录入员") as opened:
        yield opened


@pytest.fixture
def zone(file):
    with file.reading() as connection:
        one = zones(connection)[0]
    return Title(one.code, one.short_name)


def form(file, zone, ledger, period=YEAR, **options):
    with file.reading() as connection:
        return blank_form(connection, ledger, zone, period, **options)


def come_back(file, zone, *paths, only=None):
    return finish(gathering(file, paths, zone.key, zone.name, only))


def sheet_of(book, ledger):
    return book[ledger.label]


def column(sheet, heading):
    return next(cell.column for cell in sheet[2] if cell.value == heading)


def headings(sheet):
    return [cell.value for cell in sheet[2]]


def test_every_entry_of_every_list_is_read_back_as_itself():
    lists = {each.kind.codes for ledger in LEDGERS for each in ledger.stored if isinstance(each.kind, Choice)}
    assert lists <= {*code_list_ids()}
    for name in lists:
        for code in code_list(name):
            assert Choice(name).parse(entry_text(name, code)) == code, (name, code)


@pytest.mark.parametrize("ledger", OWN, ids=lambda ledger: ledger.id)
def test_a_form_that_nobody_touched_changes_nothing(tmp_path, file, zone, ledger):
    sheet = form(file, zone, ledger, last_year=True)
    assert len({each.heading for each in sheet.columns}) == len(sheet.columns)
    assert {each.field.id for each in sheet.columns} >= {
        each.id for each in ledger.stored if not each.digest and each.id not in ledger.key
    }
    path = tmp_path / "表.xlsx"
    finish(write_forms(path, [sheet]))
    back = come_back(file, zone, path)
    assert back.plans[0].ledger is ledger
    told = back.counts
    assert (told.new, told.updated, told.conflicts, told.returned, told.kept) == (0, 0, 0, 0, 0), list(back.lines())
    assert not back.notes


def test_what_a_blank_form_looks_like(tmp_path, file, zone):
    sheet = form(file, zone, ENTERPRISE)
    finish(write_forms(tmp_path / "表.xlsx", [sheet]))
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    page = sheet_of(book, ENTERPRISE)
    assert page.freeze_panes == "C3"
    code = column(page, "统一社会信用代码")
    assert {page.cell(row, code).number_format for row in range(3, 60)} == {"@"}
    assert all(isinstance(page.cell(row, code).value, str) for row in range(3, 27))
    note = page.cell(2, column(page, "行业代码")).comment.text
    assert "必填" in note
    assert "依据：GB/T 4754—2017" in note
    rules = {rule.type: rule for rule in page.data_validations.dataValidation}
    assert {"list", "date", "custom"} <= rules.keys()
    assert {rule.errorStyle for rule in page.data_validations.dataValidation} == {"warning"}
    hidden = {each.title for each in book.worksheets if each.sheet_state == "hidden"}
    assert hidden == {"_年报通表", BEFORE, "_年报通代码"}
    assert len(book["_年报通代码"]["A"]) > 1_000 or book["_年报通代码"].max_row > 1_000
    contact = column(page, "联系人")
    assert {page.cell(row, contact).value for row in range(3, 27)} == {None}


def test_last_years_values_wait_until_they_are_touched_or_confirmed(tmp_path, file, zone):
    period = Period(2026)
    sheet = form(file, zone, ECONOMY, period, last_year=True)
    assert sheet.waits
    path = tmp_path / "表.xlsx"
    finish(write_forms(path, [sheet]))
    assert come_back(file, zone, path).counts.same == 24
    book = openpyxl.load_workbook(path)
    page = sheet_of(book, ECONOMY)
    revenue, check = column(page, "营业收入(万元)"), column(page, CHECK)
    assert page.cell(3, revenue).font.color.rgb == "FF8A919C"
    page.cell(3, revenue).value = 1234.5
    page.cell(4, check).value = SURE
    book.save(path)
    back = come_back(file, zone, path)
    assert (back.counts.new, back.counts.same) == (2, 22)
    finish(applying_all(file, back))
    table = table_of(ECONOMY)
    with file.reading() as connection:
        rows = connection.execute(table.select().where(table.c.year == 2026)).mappings().all()
    touched = next(row for row in rows if row["rev"] == 12345000)
    assert len(rows) == 2
    assert [name for name, value in touched.items() if value is not None and name in ECONOMY.by_id] == ["ent", "rev"]
    sure = next(row for row in rows if row is not touched)
    assert sum(value is not None for value in sure.values()) > 20


def test_what_was_there_last_year_only_is_there_again_when_somebody_says_so(tmp_path, file, zone):
    """A form of clusters sent out before there are any of the year: who touches nothing adds nothing, not even their numbers."""
    path, year = tmp_path / "集群.xlsx", Period(2026)
    sent = form(file, zone, CLUSTER, year, last_year=True)
    assert len(sent.rows) > 2
    assert not any(row.id for row in sent.rows)
    finish(write_forms(path, [sent]))
    assert come_back(file, zone, path).counts.new == 0
    book = openpyxl.load_workbook(path)
    sheet = sheet_of(book, CLUSTER)
    sheet.cell(3, column(sheet, CHECK)).value = SURE
    sheet.cell(4, column(sheet, "所跨开发区")).value = "甲区、乙区"
    book.save(path)
    whole = come_back(file, zone, path)
    assert whole.counts.new == 2
    finish(applying_all(file, whole))
    assert [row.values[:2] for row in form(file, zone, CLUSTER, year).rows] == [row.values[:2] for row in sent.rows[:2]]


def test_one_form_for_each_enterprise(tmp_path, file, zone):
    sheet = form(file, zone, QUALIFICATION)
    with file.reading() as connection:
        each = per_enterprise(connection, sheet)
    assert len(each) > 5
    assert sum(len(one.rows) for one in each.values()) <= len(sheet.rows)
    place = next(n for n, column in enumerate(sheet.columns) if column.via is not None)
    for one in each.values():
        assert len({row.values[place] for row in one.rows}) == 1


def put_right(path, changes):
    """Change cells of a form: (ledger, heading, row) → value."""
    book = openpyxl.load_workbook(path)
    for (ledger, heading, row), value in changes.items():
        page = book[ledger]
        page.cell(row, column(page, heading)).value = value
    book.save(path)


@pytest.fixture
def red(tmp_path, file, zone):
    """A folder with a red copy for each enterprise, by name."""
    report = audit(file, pack(PACK), [zone.key], YEAR, TODAY)
    folder = tmp_path / "红格表"
    folder.mkdir()
    made = finish(red_forms(file, report))
    for each in made.forms:
        finish(write_forms(folder / f"{each.enterprise.name} {each.enterprise.key}.xlsx", each.sheets))
    return report, made, folder


def test_red_copies_show_what_is_to_be_put_right(red):
    _, made, folder = red
    assert len(made.forms) == len(list(folder.iterdir())) == 7
    assert made.left == 1  # the zone's own sum
    told = next(each for each in made.forms if each.enterprise.name == "赣州峤澍微电子有限公司")
    (sheet,) = told.sheets
    assert {sheet.columns[column].heading for _, column in sheet.marks} == {
        "营业利润(万元)", "营业外收入(万元)", "营业外支出(万元)", "利润总额(万元)"
    }  # fmt: skip
    book = openpyxl.load_workbook(folder / "赣州峤澍微电子有限公司 91360703DEM6FRH80K.xlsx")
    page = book["经济数据"]
    cell = page.cell(3, column(page, "利润总额(万元)"))
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert "P002" in cell.comment.text
    assert "核对四个数" in page.cell(3, column(page, REMEDY)).value
    assert page.max_row == 3


def test_red_copies_put_right_end_the_findings(file, zone, red):
    report, _, folder = red
    put_right(folder / "赣州峤澍微电子有限公司 91360703DEM6FRH80K.xlsx", {("经济数据", "利润总额(万元)", 3): 2370.60})
    put_right(
        folder / "赣州岚暄稀土材料有限公司 91360703DEMQX8933A.xlsx",
        {("台资企业", "第三地名称", 3): "香港", ("台资企业", "第三地注册地", 3): "香港"},
    )
    put_right(folder / "赣州榕翎尔电子元件有限公司 91360703DEMBDP0X57.xlsx", {("企业", "首次入规年月", 3): "2021-05"})
    (folder / "说明.docx").write_bytes(b"x")
    (folder / "别的.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    back = come_back(file, zone, folder)
    assert {one.file: one.why[:3] for one in back.left} == {"说明.docx": "不是表", "别的.csv": "不是本"}
    assert (back.counts.updated, back.counts.conflicts, back.counts.new) == (3, 0, 0), list(back.lines())
    places = [entry.place for entry in back.entries("更新")]
    assert any(each.startswith("经济数据!") and "（赣州峤澍微电子有限公司" in each for each in places)
    before = history.done(file)[0].no
    applied = finish(applying_all(file, back))
    assert applied.batch == before + 1
    fixed = {"P002", "W003", "E013"}
    after = audit(file, pack(PACK), [zone.key], YEAR, TODAY)
    assert fixed & {each.rule.id for each in report.findings} == fixed
    assert not fixed & {each.rule.id for each in after.findings}
    assert len(after.findings) == len(report.findings) - 3
    row = next(each.row for each in report.findings if each.rule.id == "P002")
    step = past_of(file, zone.key, row)[-1]
    assert (
        told_place(step.place, step.batch.source) == "赣州峤澍微电子有限公司 91360703DEM6FRH80K.xlsx 经济数据 第 3 行"
    )
    history.undo(file)
    again = audit(file, pack(PACK), [zone.key], YEAR, TODAY)
    assert [(e.rule.id, e.row) for e in again.findings] == [(e.rule.id, e.row) for e in report.findings]


def test_a_renamed_column_is_told_once_and_not_as_emptied_cells(tmp_path, file, zone):
    path = tmp_path / "表.xlsx"
    finish(write_forms(path, [form(file, zone, ECONOMY)]))
    book = openpyxl.load_workbook(path)
    page = sheet_of(book, ECONOMY)
    page.cell(2, column(page, "利润总额(万元)")).value = "利润合计"
    book.save(path)
    notes = come_back(file, zone, path).notes
    assert [each for each in notes if "找不到列“利润总额(万元)”" in each]
    assert not [each for each in notes if "发回来是空的" in each]


def test_a_wrong_code_is_put_right_on_the_copy(tmp_path, file, zone):
    right = "91360703DEM6FRH80K"
    table = table_of(ENTERPRISE)
    with file.reading() as connection:
        row = connection.execute(table.select().where(table.c.uscc == right)).mappings().one()
    with batch(file, zone.key, "录入", "抄错") as work:
        work.set(ENTERPRISE, row["id"], {"uscc": "91360703DEM6FRH8OK"})
    path = tmp_path / "表.xlsx"
    finish(write_forms(path, [form(file, zone, ENTERPRISE), form(file, zone, ECONOMY)]))
    book = openpyxl.load_workbook(path)
    for name in ("企业", "经济数据"):
        page = book[name]
        code = column(page, "统一社会信用代码")
        at = next(n for n in range(3, 30) if page.cell(n, code).value == "91360703DEM6FRH8OK")
        page.cell(at, code).value = right
        if name == "经济数据":
            page.cell(at, column(page, "营业收入(万元)")).value = 4321
    book.save(path)
    back = come_back(file, zone, path)
    assert (back.counts.updated, back.counts.new, back.counts.conflicts, back.counts.returned) == (2, 0, 0, 0)
    finish(applying_all(file, back))
    with file.reading() as connection:
        assert connection.execute(table.select().where(table.c.uscc == right)).mappings().one()["id"] == row["id"]


def test_what_was_typed_meanwhile_is_not_overwritten_silently(tmp_path, file, zone):
    path = tmp_path / "表.xlsx"
    finish(write_forms(path, [form(file, zone, ECONOMY)]))
    table = table_of(ECONOMY)
    with file.reading() as connection:
        rows = connection.execute(table.select().where(table.c.year == 2025)).mappings().all()
    with batch(file, zone.key, "录入", "改") as work:
        work.set(ECONOMY, rows[0]["id"], {"rev": 77_0000})
        work.set(ECONOMY, rows[1]["id"], {"rev": 88_0000})
    names = {row["id"]: row["ent"] for row in rows}
    with file.reading() as connection:
        ents = {r["id"]: r["ent_name"] for r in connection.execute(table_of(ENTERPRISE).select()).mappings()}
    book = openpyxl.load_workbook(path)
    page = sheet_of(book, ECONOMY)
    at = {page.cell(n, column(page, "单位详细名称")).value: n for n in range(3, 27)}
    page.cell(at[ents[names[rows[0]["id"]]]], column(page, "营业收入(万元)")).value = 99
    book.save(path)
    back = come_back(file, zone, path)
    assert (back.counts.conflicts, back.counts.updated) == (1, 0)
    assert [entry.cell is not None for entry in back.entries("冲突")] == [True]
    (cell,) = back.disputes
    assert back.keeps(cell)
    back.choose(cell, take_file=True)
    assert not back.keeps(cell)


def test_rows_may_be_sorted_copied_and_added_columns_too(tmp_path, file, zone):
    path = tmp_path / "表.xlsx"
    finish(write_forms(path, [form(file, zone, PROJECT)]))
    book = openpyxl.load_workbook(path)
    page = sheet_of(book, PROJECT)
    width = page.max_column
    first, second = ([page.cell(row, n).value for n in range(1, width + 1)] for row in (3, 4))
    for n in range(width):
        page.cell(3, n + 1).value, page.cell(4, n + 1).value = second[n], first[n]
    for n in range(width):  # a copied row with a code of its own is a new one
        page.cell(51, n + 1).value = first[n]
    page.cell(51, column(page, "项目编号" if "项目编号" in headings(page) else headings(page)[0])).value = "XM-NEW-1"
    page.cell(2, width + 1).value = "我们的备注"
    book.save(path)
    back = come_back(file, zone, path)
    assert back.counts.updated == 0, list(back.lines())
    assert back.counts.returned == 0
    assert any("我们的备注" in note for note in back.notes)
    assert headings(page)[width - 1] == NUMBER


def test_a_cell_emptied_on_the_form_is_told(tmp_path, file, zone):
    path = tmp_path / "表.xlsx"
    finish(write_forms(path, [form(file, zone, ECONOMY)]))
    book = openpyxl.load_workbook(path)
    page = sheet_of(book, ECONOMY)
    page.cell(3, column(page, "营业收入(万元)")).value = None
    book.save(path)
    back = come_back(file, zone, path)
    assert back.counts.updated == 0
    assert any("营业收入" in note and "发回来是空的" in note for note in back.notes)


def test_a_form_of_another_zone_or_changed_is_refused(tmp_path, file, zone):
    path = tmp_path / "表.xlsx"
    finish(write_forms(path, [form(file, zone, ECONOMY)]))
    create_zone(file, "360798", "另一个区")
    with pytest.raises(NothingBack, match="请先换到那个开发区"):
        come_back(file, Title("360798", "另一个区"), path)
    book = openpyxl.load_workbook(path)
    book["_年报通表"]["A1"].value = book["_年报通表"]["A1"].value.replace("2025", "2024")
    book.save(path)
    with pytest.raises(NothingBack, match="被改过"):
        come_back(file, zone, path)


def test_only_one_ledger_is_taken_where_one_is_asked_for(tmp_path, file, zone):
    path = tmp_path / "表.xlsx"
    finish(write_forms(path, [form(file, zone, ECONOMY), form(file, zone, ENTERPRISE)]))
    back = come_back(file, zone, path, only=ECONOMY)
    assert [plan.ledger for plan in back.plans] == [ECONOMY]
    assert "“企业”的表没有导入" in back.notes[0]


def test_two_files_that_say_two_things_are_a_conflict(tmp_path, file, zone):
    for name, value in (("甲", 11), ("乙", 22)):
        path = tmp_path / f"{name}.xlsx"
        finish(write_forms(path, [form(file, zone, ECONOMY)]))
        put_right(path, {("经济数据", "营业收入(万元)", 3): value})
    back = come_back(file, zone, tmp_path / "甲.xlsx", tmp_path / "乙.xlsx")
    assert (back.counts.conflicts, back.counts.rows, back.counts.merged) == (1, 48, 24)


def test_columns_lead_to_what_an_import_knows():
    for ledger in OWN:
        for each in form_columns(ledger):
            assert each.key.startswith(each.ledger.id)
