"""Where commands write returns and backups: nothing stamped is lost, and a place that does not do is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.independent import pdfpages
from tests.test_commands import RETURN, Run, data, made, refused, right, run

__all__ = ["data", "made", "run"]  # fixtures


def test_an_issued_return_is_not_written_over(run: Run, data: Path) -> None:
    right(run, data)
    assert run("--data", data, "export", *RETURN, "-o", "年报.xlsx", "--issue").code == 0
    stamped = Path("年报.xlsx").read_bytes()
    for words in ([], ["--issue"]):
        refused(run("--data", data, "export", *RETURN, "-o", "年报.xlsx", *words), "年报.xlsx", "签发过", "不覆盖")
    assert Path("年报.xlsx").read_bytes() == stamped
    assert run("--data", data, "export", *RETURN, "-o", "草稿.xlsx").code == 0
    assert run("--data", data, "export", *RETURN, "-o", "草稿.xlsx", "--issue", "--json").json["version"] == 2


def test_of_an_older_version_a_later_one_is_told(run: Run, data: Path) -> None:
    right(run, data)
    for name in ("一.xlsx", "二.xlsx"):
        assert run("--data", data, "export", *RETURN, "-o", name, "--issue").code == 0
    code = run("--data", data, "verify", "二.xlsx", "--json").json["manifest"]["short_code"]
    older = run("--data", data, "verify", "一.xlsx")
    assert older.code == 0  # it is whole all the same
    assert "第 1 版 与签发时一致" in older.out
    assert "注意：这一版之后又签发了第 2 版（" in older.out
    assert f"校验码 {code}）。" in older.out
    assert run("--data", data, "verify", "一.xlsx", "--json").json["later"] == 2
    assert "注意" not in run("--data", data, "verify", "二.xlsx").out
    assert "注意" not in run("--data", "没有.db", "verify", "一.xlsx").out  # the province has no data file


def pages_of(name: str) -> list[str]:
    found = pdfpages.read(Path(name).read_bytes())
    return ["".join(run.text for run in page.texts).replace(" ", "") for page in found]


def test_a_return_is_printed_without_a_window(run: Run, data: Path) -> None:
    draft = run("--data", data, "print", *RETURN, "-o", "草稿.pdf", "--json").json
    assert (draft["draft"], draft["version"], draft["pages"]) == (True, None, 14)
    assert all(page.count("草稿") == 2 and "校验码" not in page for page in pages_of("草稿.pdf"))
    right(run, data)
    code = run("--data", data, "export", *RETURN, "-o", "年报.xlsx", "--issue", "--json").json["short_code"]
    issued = run("--data", data, "print", *RETURN, "-o", "盖章.pdf")
    assert issued.out.startswith(f"已印成 PDF（第 1 版，校验码 {code}，14 页）：")
    assert all(f"校验码{code}第1版" in page and "草稿" not in page for page in pages_of("盖章.pdf"))
    one = run("--data", data, "print", *RETURN, "-o", "一张.pdf", "--sheet", "表TW-2", "--paper", "A3", "--json").json
    assert one["pages"] == 3
    assert [(round(page.width), round(page.height)) for page in pdfpages.read(Path("一张.pdf").read_bytes())] == [
        (1191, 842)
    ] * 3
    assert run("--data", data, "print", *RETURN, "-o", "草稿.pdf", "--draft", "--json").json["draft"]
    refused(run("--data", data, "print", *RETURN, "-o", "年.pdf", "--sheet", "表TW-9"), "没有工作表“表TW-9”", "表TW-8")
    refused(
        run("--data", data, "print", *RETURN, "-o", "年.pdf", "--version", "2"), "没有签发过“2”这一版", "签发过的有：1"
    )
    refused(run("--data", data, "print", *RETURN, "-o", "年.xlsx"), ".pdf")
    assert not Path("年.pdf").exists()


def test_a_late_return_is_told(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """M015: said when it is issued, kept with the version, in the way of nothing."""
    right(run, data)

    class Day(date):
        @classmethod
        def today(cls) -> date:
            return cls.now

    monkeypatch.setattr("ui.reporting.date", Day)
    for day, name, late in ((date(2025, 12, 31), "早.xlsx", False), (date(2026, 1, 1), "晚.xlsx", True)):
        Day.now = day
        said = run("--data", data, "export", *RETURN, "-o", name, "--issue", "--json")
        assert (said.json["late"], said.json["deadline"]) == (late, "2025-12-31")
        assert said.err == ("报出日期 2026-01-01 晚于期限 2025-12-31，请在报送时说明迟报的原因\n" if late else "")


def test_a_place_below_a_file_is_told_in_chinese(run: Run, data: Path) -> None:
    Path("文件").write_bytes(b"")
    refused(run("--data", data, "export", *RETURN, "-o", "文件/年报.xlsx"), "“文件”不是文件夹，请换一个地方")
    refused(run("--data", data, "export", *RETURN, "-o", "文件/夹/年报.xlsx"), "不是文件夹，请换一个地方")


def test_backup_restore_check(run: Run, data: Path) -> None:
    assert run("--data", data, "backup", "-o", "b.bak").code == 0
    assert run("--data", data, "undo").code == 0
    assert run("--data", data, "indicators", *RETURN, "--json").json[0]["value"] == "0"
    restored = run("--data", data, "restore", "b.bak", "--json")
    assert Path(restored.json["aside"]).exists()
    assert run("--data", data, "indicators", *RETURN, "--json").json[0]["value"] != "0"
    for bad in ("没有.bak", "."):
        refused(run("--data", data, "restore", bad))
    torn = bytearray(data.read_bytes())
    size = int.from_bytes(torn[16:18], "big")  # of a page, as the file's head has it
    middle = len(torn) // size // 2 * size
    torn[middle : middle + size] = b"\xff" * size
    data.write_bytes(torn)
    refused(run("--data", data, "check"), data.name, "损坏")
