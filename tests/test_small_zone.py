"""A zone that keeps only what the 台办 return needs: no land, no factories, no projects. It issues all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.audit import audit
from models.ledgers import LEDGERS, ledger
from models.packs.pack import pack
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.models.demo_rows import TODAY, Rows
from ui.commands.run import run_command

CODE = "91360703DEM6FRH80K"
FIRM = {
    "单位详细名称": "赣州某某电子有限公司", "统一社会信用代码": CODE,
    "成立时间": "2019-05-06", "入园时间": "2019-06-01", "行业代码": "3973",
    "登记类别版本": "2023", "登记注册统计类别": "210", "资本构成标记": "台资", "首次入规年月": "2021-03", "投产日期": "2020-03-01",
}  # fmt: skip
STATE = {"是否规上": "是", "运营状态": "正常运营", "是否台资": "是"}
FIGURES = {
    "工业总产值": "5000", "营业收入": "5100", "利润总额": "400", "实际上缴税费总额": "210", "期末从业人员": "80",
    "进口额": "0", "出口额": "120",
}  # fmt: skip
STAKE = {
    "台籍投资人": "陈某甲(虚构投资人)", "台资占比": "100", "投资路径": "直接投资", "合同台资额": "300", "投资总额": "300", "台干人数": "2",
}  # fmt: skip
INFLOW = {
    "凭证号": "DEMO-1", "到资日期": "2025-03-04", "币种": "美元", "原币额": "50", "折美元汇率": "1", "折万美元": "50",
    "折人民币汇率": "7.1",
    "折万元": "355", "计入台办口径": "是", "计入商务部口径": "是",
}  # fmt: skip


def values(label: str, texts: dict[str, str], **more: object) -> dict[str, object]:
    on = ledger(label)
    return {on.field(name).id: on.field(name).kind.parse(text) for name, text in texts.items()} | more


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The zone with one 台资 firm and its money."""
    path = tmp_path / "小区.db"
    with DataFile(path, who="测试") as file:
        create_zone(file, "360799", "示例开发区", leader="演示主任", contact="演示联系人", tel="0797-0000001")
        with batch(file, "360799", "录入", "台办要的") as work:
            ent = work.add(ledger("企业"), values("企业", FIRM))
            work.add(ledger("企业年度"), values("企业年度", STATE, ent=ent), Period(2025))
            work.add(ledger("经济数据"), values("经济数据", FIGURES, ent=ent), Period(2025))
            work.add(ledger("台资企业"), values("台资企业", STAKE, ent=ent))
            work.add(ledger("到资流水"), values("到资流水", INFLOW, ent=ent))
    return path


def test_nothing_stands_in_the_way_of_issuing(path: Path) -> None:
    with DataFile(path) as file:
        report = audit(file, pack("台办"), ["360799"], Period(2025), TODAY)
        assert [finding.message for finding in report.findings if finding.open] == []
        assert report.passed
        kept = {each.label for each in LEDGERS if Rows(file, "360799")(each.label)}
    assert kept == {"开发区", "企业", "企业年度", "经济数据", "台资企业", "到资流水"}
    book = path.with_name("台办_2025.xlsx")
    words = ["--data", str(path), "--pack", "台办", "--period", "2025", "-o", str(book)]
    assert run_command(["export", *words, "--issue"]) == 0
    assert run_command(["verify", "--data", str(path), str(book)]) == 0


@pytest.mark.parametrize(
    ("label", "row", "field", "wrong", "rule"),
    [
        ("企业", "企业", "ind_code", None, "E006"),
        ("企业", "企业", "prod_date", None, "E019"),
        ("企业年度", "企业年度", "land_mode", "1", "E020"),
        ("企业年度", "企业年度", "land_mode", "2", "E021"),
    ],
)
def test_what_is_told_of_the_firms_is_still_asked(
    path: Path, label: str, row: str, field: str, wrong: str | None, rule: str
) -> None:
    """A firm said to be on land of its own without any land is a contradiction; saying nothing of it is none."""
    with DataFile(path, who="测试") as file:
        with file.reading() as connection:
            ((id,),) = connection.exec_driver_sql(f"SELECT id FROM {ledger(label).id}").fetchall()
        with batch(file, "360799", "录入", "改") as work:
            work.set(ledger(label), id, {field: wrong})
        report = audit(file, pack("台办"), ["360799"], Period(2025), TODAY)
        assert [finding.rule.id for finding in report.findings if finding.open] == [rule]


def test_a_zone_without_figures_of_its_own_does_not_report_zeros_unnoticed(path: Path) -> None:
    """工信 prints the zone's own totals; nothing keyed is not nothing earned."""
    with DataFile(path, who="测试") as file:
        report = audit(file, pack("工信"), ["360799"], Period(2025), TODAY)
        assert "GX06" in {finding.rule.id for finding in report.findings if finding.open}
        with batch(file, "360799", "录入", "开发区年度") as work:
            totals = {"营业收入(全口径)": "51000", "利润总额(全口径)": "0", "工业投资": "900"}
            work.add(ledger("开发区年度"), values("开发区年度", totals), Period(2025))
        report = audit(file, pack("工信"), ["360799"], Period(2025), TODAY)
        assert "GX06" not in {finding.rule.id for finding in report.findings if finding.open}


def test_a_park_is_not_asked_for_what_the_main_zone_reports(path: Path) -> None:
    """The main zone's 开发区年度 holds its parks' figures: it is asked once."""
    with DataFile(path, who="测试") as file:
        create_zone(
            file, "36079901", "示例开发区甲园", role=str(ledger("开发区").field("role").kind.parse("分园/片区"))
        )
        report = audit(file, pack("工信"), ["360799", "36079901"], Period(2025), TODAY)
        assert {finding.zone for finding in report.findings if finding.rule.id == "GX06"} == {"360799"}


def test_an_empty_total_is_not_called_too_large(path: Path) -> None:
    """M009 compares with the other zones; what is not filled in is unknown, not far above them."""
    with DataFile(path, who="测试") as file:
        create_zone(file, "360798", "另一开发区")
        for zone, totals in (("360798", {"营业收入(全口径)": "51000"}), ("360799", {"工业投资": "900"})):
            with batch(file, zone, "录入", "开发区年度") as work:
                work.add(ledger("开发区年度"), values("开发区年度", totals), Period(2025))
        report = audit(file, pack("通用"), ["360799"], Period(2025), TODAY)
        assert "M009" not in {finding.rule.id for finding in report.findings}
