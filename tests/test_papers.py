"""The command report: figures equal the return's, what the clerk wrote stays, other programs read what is made."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from exporters.slots import read_slot
from exporters.wordmarks import blocks, is_table, text_of
from models.packs.pack import pack
from tests.test_commands import RETURN, Run, data, made, refused, right, run

__all__ = ["data", "made", "run"]  # fixtures
SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
needs_pdftotext = pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")
NUMBER = r"-?\d+(?:\.\d+)?|—"


def texts(path: Path | str) -> list[str]:
    return [text_of(block) for block in blocks(docx.Document(str(path))) if not is_table(block)]


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def firm(path: str) -> str:
    """The first Taiwan enterprise that the report lists."""
    return docx.Document(path).tables[-1].rows[1].cells[1].text


def write(run: Run, data: Path, name: str = "报告.docx") -> dict[str, Any]:
    said = run("--data", data, "report", *RETURN, "-o", name, "--json")
    assert said.code == 0, said.err
    return said.json  # type: ignore[return-value]


def growth(now: Decimal, prior: Decimal) -> str:
    if prior <= 0:
        return "—"
    rate = (now / prior * 100 - 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return "持平" if not rate else f"{'增长' if rate > 0 else '下降'}{abs(rate)}%"


def test_every_bound_figure_is_the_returns_own(run: Run, data: Path) -> None:
    found = run("--data", data, "indicators", *RETURN, "--json").json
    known = {name: row for row in found for name in (row["id"], row["name"])}  # type: ignore[attr-defined]
    told = write(run, data)
    assert told["draft"] is True
    written, checked = texts("报告.docx"), set()
    template = [
        text_of(block) for block in blocks(docx.Document(io.BytesIO(pack("台办").report))) if not is_table(block)
    ]
    left = [each for each in template if re.sub(r"\{\{.*?\}\}", "—", each).removesuffix("。") in told["left_out"]]
    assert len(left) == len(told["left_out"]) == 2  # keyed by hand, and not yet
    template = [each for each in template if each not in left]
    assert len(template) == len(written)
    for wanted, text in zip(template, written, strict=True):
        slot = read_slot(wanted)
        pattern = re.escape(slot.pieces[0]) if slot else re.escape(wanted)
        names = []
        for expression, piece in zip(slot.expressions, slot.pieces[1:], strict=True) if slot else ():
            row = known.get(re.sub(r"^(?:同比|完成)\(|\)$", "", expression))
            if row is None:
                pattern += "(?:.{1,40}?)" + re.escape(piece)
                continue
            pattern += re.escape(bound(expression, row)) + re.escape(piece)
            names.append(expression)
        assert re.fullmatch(pattern, text), (pattern, text)
        checked |= set(names)
    assert len(checked) > 55


def bound(expression: str, row: dict[str, str]) -> str:
    """What the narrative must say where it asks this of an indicator."""
    now = Decimal(row["value"])
    if expression.startswith("同比"):
        return growth(now, Decimal(row["prior"]))
    return reached(row) if expression.startswith("完成") else row["value"]


def reached(row: dict[str, object]) -> str:
    """How much of the zone's own target, in per cent."""
    own = next(goal for goal in row["targets"] if goal["level"] == "本区")  # type: ignore[attr-defined]
    goal = Decimal(own["value"].removeprefix("≥ ").replace(",", ""))
    return str((Decimal(str(row["value"])) / goal * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))


def test_the_targets_and_the_list_say_what_the_workbook_says(run: Run, data: Path) -> None:
    assert run("--data", data, "export", *RETURN, "-o", "年报.xlsx").code == 0
    write(run, data)
    targets, projects, firms = docx.Document("报告.docx").tables
    found = {row["name"]: row for row in run("--data", data, "indicators", *RETURN, "--json").json}  # type: ignore[attr-defined]
    rows = [[cell.text for cell in row.cells] for row in targets.rows]
    row = next(row for row in rows if row[0] == "台资企业产值")
    each = found["台资企业产值"]
    assert row[2:4] == [each["value"], each["prior"]]
    own = next(goal for goal in each["targets"] if goal["level"] == "本区")
    goal = Decimal(own["value"].removeprefix("≥ ").replace(",", ""))
    assert Decimal(row[5]) == goal
    assert row[6] == str((Decimal(each["value"]) / goal * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))
    sheet = openpyxl.load_workbook("年报.xlsx", data_only=True)["表TW-2"]
    listed = [row for row in sheet.iter_rows(min_row=8, values_only=True) if isinstance(row[0], int)]
    ours = [[cell.text for cell in row.cells] for row in firms.rows][1:]
    assert [(row[0], row[1]) for row in ours] == [(str(row[0]), row[1]) for row in listed]
    for mine, theirs in zip(ours, listed, strict=True):
        assert mine[4] == f"{Decimal(str(theirs[21] or 0)):,.2f}"
    sheet = openpyxl.load_workbook("年报.xlsx", data_only=True)["表TW-3"]
    listed = [row for row in sheet.iter_rows(min_row=8, values_only=True) if isinstance(row[0], int)]
    ours = [[cell.text for cell in row.cells] for row in projects.rows][1:]
    sums = [["—" if row[at] is None else f"{Decimal(str(row[at])):,.2f}" for at in (5, 12, 13)] for row in listed]
    assert ours == [[str(row[0]), row[1], row[6], row[7], *said] for row, said in zip(listed, sums, strict=True)]
    assert len(ours) > 5


def test_nothing_is_left_empty_in_a_zone_without_data(run: Run) -> None:
    assert run("--data", "空.db", "init", "--zone", "360701", "--name", "空园区").code == 0
    left = write(run, Path("空.db"))["left_out"]
    whole = "\n".join(texts("报告.docx"))
    assert "{{" not in whole
    assert "—%" not in whole
    assert not re.search(r"(?:同比|实现工业总产值|占全区的|完成年度目标的)[，。；万亿%]", whole)
    assert "占全区的—，完成年度目标的—；" in whole
    assert [each[-5:] for each in left] == ["等事项—件", "融资—万元"]  # not keyed: left out, and the clerk is told
    assert "等事项" not in whole
    assert "帮助台资企业融资" not in whole
    told = run("--data", "空.db", "report", *RETURN, "-o", "再.docx").out
    assert "没有数、没有写进去的 2 句" in told
    assert all(each in told.splitlines() for each in left)
    for table in docx.Document("报告.docx").tables[1:]:
        assert [cell.text for cell in table.rows[1].cells][1] == "—"


def open_and(path: str, change: Callable[[object], None]) -> None:
    document = docx.Document(path)
    change(document)
    document.save(path)


def find(document: object, part: str) -> object:
    return next(p for p in document.paragraphs if part in p.text)  # type: ignore[attr-defined]


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)


def by_the_clerk(document: object) -> None:
    """What a clerk does to a report: writes over a prompt, adds paragraphs, a table and a picture, changes our words and figures."""
    prompt = find(document, "〔请写：产业园规划编制")
    prompt.text = "完成产业园规划修编，{{ 台资企业数 }}不填。"  # type: ignore[attr-defined]
    prompt.insert_paragraph_before("规划面积12平方公里。", style="公文正文")  # type: ignore[attr-defined]
    find(document, "〔请写：台资企业一至二例").add_run().add_picture(io.BytesIO(PNG))  # type: ignore[attr-defined]
    figures = find(document, "台资企业全年研发费用")
    figures.text = re.sub(r"研发费用[\d.]+", "研发费用1.00", figures.text)  # type: ignore[attr-defined]
    words = find(document, "全年举办交流活动")
    words.text += "其中大型活动一场。"  # type: ignore[attr-defined]
    table = document.add_table(1, 2)  # type: ignore[attr-defined]
    table.cell(0, 0).text, table.cell(0, 1).text = "项目", "进展"
    find(document, "三、重点台资项目进展")._p.addnext(table._tbl)  # type: ignore[attr-defined]
    gone = find(document, "〔请写：宣传、展会、品牌")._p  # type: ignore[attr-defined]
    gone.getparent().remove(gone)


def kept(path: str) -> None:
    """What must be so after the report was made again over the clerk's."""
    said = texts(path)
    at = said.index("（一）规划布局")
    assert said[at + 2 : at + 5] == [
        "规划面积12平方公里。",
        "完成产业园规划修编，{{ 台资企业数 }}不填。",
        "（二）产业集群",
    ]
    assert sum("研发费用" in text for text in said) == 1
    assert not any("研发费用1.00" in text for text in said)
    changed = next(n for n, text in enumerate(said) if text.endswith("其中大型活动一场。"))
    assert said[changed - 1].startswith("全年举办交流活动")  # ours stands before hers: both are seen
    assert not any("宣传、展会、品牌" in text for text in said)
    assert sum(text.startswith("〔请写") for text in said) > 10
    document = docx.Document(path)
    assert [table.cell(0, 0).text for table in document.tables] == ["指标", "项目", "序号", "序号"]
    with_picture = next(p for p in document.paragraphs if next(p._p.iter(qn("a:blip")), None) is not None)
    blip = next(with_picture._p.iter(qn("a:blip")))
    assert document.part.related_parts[blip.get(qn("r:embed"))].blob == PNG


def test_what_the_clerk_wrote_is_kept_and_figures_are_new(run: Run, data: Path) -> None:
    assert write(run, data)["kept"] == 0
    open_and("报告.docx", by_the_clerk)
    before = Path("报告.docx").read_bytes()
    key = ("--ledger", "经济数据", "--key", firm("报告.docx"), "--period", "2025")
    assert run("--data", data, "set", *key, "工业总产值=99999").code == 0
    told = write(run, data)
    assert told["kept"] == 5
    assert Path(str(told["aside"])).read_bytes() == before
    kept("报告.docx")
    once = texts("报告.docx")
    told = write(run, data)
    assert told["kept"] == 5
    assert texts("报告.docx") == once
    assert Path("报告（上一稿）.docx").read_bytes() == before  # the first one is never written over
    assert told["aside"] is None
    open_and("报告.docx", lambda document: find(document, "〔请写：主要问题").clear())  # type: ignore[attr-defined, return-value]
    assert write(run, data)["aside"] == "报告（上一稿2）.docx"
    write(run, data, "另一份.docx")
    assert [t for t in texts("另一份.docx") if "工业总产值" in t] == [t for t in once if "工业总产值" in t]


def test_a_report_made_again_without_change_is_the_same(run: Run, data: Path) -> None:
    write(run, data)
    once = texts("报告.docx")
    told = write(run, data)
    assert (told["kept"], told["aside"]) == (0, None)
    assert texts("报告.docx") == once


def test_a_file_that_is_no_report_is_not_written_over(run: Run, data: Path) -> None:
    Path("报告.docx").write_bytes(b"PK not really")
    refused(run("--data", data, "report", *RETURN, "-o", "报告.docx"), "不是 Word 文档")
    assert Path("报告.docx").read_bytes() == b"PK not really"
    refused(run("--data", data, "report", *RETURN, "-o", "报告.doc"), ".docx")
    Path("夹.docx").mkdir()
    refused(run("--data", data, "report", *RETURN, "-o", "夹.docx"), "是文件夹")
    Path("空.docx").touch()
    assert write(run, data, "空.docx")["kept"] == 0
    refused(run("--data", data, "charts", *RETURN, "-o", "图.gif"), ".pdf 或 .png 或 .svg")


def head(path: str) -> str:
    (section,) = docx.Document(path).sections
    return section.header.paragraphs[0].text + section.even_page_header.paragraphs[0].text


def test_a_draft_is_marked_until_its_figures_are_the_issued_ones(run: Run, data: Path) -> None:
    write(run, data)
    assert head("报告.docx").count("未签发") == 2
    right(run, data)
    assert run("--data", data, "export", *RETURN, "-o", "年报.xlsx", "--issue").code == 0
    assert write(run, data)["version"] == 1
    assert "未签发" not in head("报告.docx")
    key = ("--ledger", "经济数据", "--key", firm("报告.docx"), "--period", "2025")
    assert run("--data", data, "set", *key, "工业总产值=99999").code == 0
    assert write(run, data)["draft"] is True
    assert head("报告.docx").count("未签发") == 2


def font(document: object, style: str) -> tuple[str | None, float]:
    found = document.styles[style]  # type: ignore[attr-defined]
    return found.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")), found.font.size.pt


def test_the_layout_is_that_of_official_documents(run: Run, data: Path) -> None:
    write(run, data)
    document = docx.Document("报告.docx")
    assert font(document, "公文标题") == ("方正小标宋简体", 22)
    assert font(document, "公文一级") == ("黑体", 16)
    assert font(document, "公文二级") == ("楷体_GB2312", 16)
    assert font(document, "公文正文") == font(document, "手写") == ("仿宋_GB2312", 16)
    assert font(document, "Footer") == ("宋体", 14)
    (section,) = document.sections
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each / Mm(1)) for each in margins] == [37, 35, 28, 26]
    pitch = document.styles["公文正文"].paragraph_format.line_spacing
    height = section.page_height - section.top_margin - section.bottom_margin
    assert int(height / pitch) == 22
    spacing = document.styles["公文正文"].element.rPr.find(qn("w:spacing"))
    width = (section.page_width - section.left_margin - section.right_margin) / 12700
    assert int(width / (16 + int(spacing.get(qn("w:val"))) / 20)) == 28
    for foot in (section.footer, section.even_page_footer):
        assert re.sub(r"\s", "", foot.paragraphs[0].text) == "—1—"
        assert "PAGE" in "".join(node.text for node in foot._element.iter(qn("w:instrText")))


@pytest.fixture
def office(tmp_path: Path) -> Callable[[str, str], Path]:
    """Convert with LibreOffice, with a profile and fonts of its own."""
    fonts = Path(importlib.util.find_spec("zhplot").origin).parent  # type: ignore[union-attr, arg-type]
    text = f"<dir>{fonts}</dir><cachedir>{tmp_path}/fonts</cachedir><include ignore_missing='yes'>/etc/fonts/fonts.conf</include>"
    (tmp_path / "fonts.conf").write_text(f"<?xml version='1.0'?><fontconfig>{text}</fontconfig>", encoding="utf-8")

    def convert(name: str, kind: str) -> Path:
        command = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(tmp_path / "out"), name]
        places = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
        subprocess.run(command, check=True, capture_output=True, timeout=110, env=places)
        return tmp_path / "out" / Path(name).with_suffix(f".{kind}").name

    return convert


@needs_office
@needs_pdftotext
def test_printed_by_libreoffice(run: Run, data: Path, office: Callable[[str, str], Path]) -> None:
    write(run, data)
    text = subprocess.run(
        [str(PDFTOTEXT), "-layout", str(office("报告.docx", "pdf")), "-"], check=True, capture_output=True
    )
    pages = text.stdout.decode().split("\f")[:-1]
    assert len(pages) >= 4
    for number, page in enumerate(pages, 1):
        assert re.sub(r"\s", "", page).endswith(f"—{number}—")
        assert "未签发" in page
    body = [line for line in pages[2].splitlines() if line.strip()][1:-1]
    assert len(body) == 22
    assert (
        max(len(line.strip()) for line in body) <= 28 + 8
    )  # 28 characters, and the spaces pdftotext puts around digits


@needs_office
def test_kept_through_libreoffice(run: Run, data: Path, office: Callable[[str, str], Path]) -> None:
    """What another program has saved again is known by its words all the same."""
    write(run, data)
    open_and("报告.docx", by_the_clerk)
    shutil.copy(office("报告.docx", "docx"), "报告.docx")
    write(run, data)
    kept("报告.docx")
