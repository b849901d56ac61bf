"""Trying the built program as a clerk meets it: another folder, another person's home, no network, nothing to write to.

Each trial is a sentence; what does not go well ends the trying with what the program said (Failed).
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import dev
from bundle import desk, libraries
from bundle.carried import installed_and_updated
from bundle.outside import Outside
from models.progress import finish
from models.store.sqlite import connect
from models.store.tables import SCHEMA
from models.version import VERSION
from ui.releases import strangers, verify

PLACE = Path("开发区（测试） ①") / "园区 年报通"
PERSON = "中文用户"
OLD = dev.ROOT / "tests" / "data" / "store" / "schema-1.sqlite"


class Failed(Exception):
    """A trial that did not go well; the message says which, and what the program said."""


@dataclass
class Found:
    """What was seen: the sentences of the trials, and figures for the page."""

    said: list[str] = field(default_factory=list)
    start: dict[str, tuple[float, float]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        """One trial that went well."""
        self.said.append(sentence)
        dev.say(f"  ✓ {sentence}")


def try_out(built: Path, file: Path | None, limit: libraries.Version, base: Path | None = None) -> Found:
    """Every trial of the program in ``built`` and of its one file; ``limit`` is the newest glibc it may ask for."""
    found = Found()
    if shutil.which("objdump"):
        _libraries(built, limit, found)
    if base:
        base.mkdir(parents=True, exist_ok=True)
    whole = Path(tempfile.mkdtemp(prefix="试用-", dir=base))
    try:
        folder = whole / PLACE
        shutil.copytree(built, folder)
        outside = Outside(folder, whole / PERSON)
        found.say(outside.sentence)
        _year(outside, found)
        _other_files(outside, found)
        desk.window(outside, found)
        left = strangers(folder, finish(verify(folder)))
        _hold(not left, f"程序文件夹里多了文件：{left[:5]}")
        found.say("程序文件夹没有变：每个文件与清单一致，没有多出文件")
        if file:
            installed_and_updated(outside, built, file, found)
    except (AssertionError, OSError) as fault:
        raise Failed(str(fault)) from fault
    finally:
        shutil.rmtree(whole, ignore_errors=True)
    return found


def _hold(holds: object, sentence: str) -> None:
    if not holds:
        raise Failed(sentence)


def _libraries(built: Path, limit: libraries.Version, found: Found) -> None:
    there = libraries.libraries(built)
    asked = libraries.of_the_machine(there)
    found.asked = list(asked)
    strange = libraries.strange(asked)
    _hold(not strange, f"要用这台电脑的库，别的电脑不一定有：{strange}（{[asked[name][:2] for name in strange]}）")
    found.say(f"只向系统要这 {len(asked)} 个库：{'、'.join(asked)}")
    found.newer = libraries.newest(there, limit or (2, 28))
    _hold(not (limit and found.newer), f"要求的 glibc 比 {libraries.written(limit)} 新：{found.newer}")


def _year(outside: Outside, found: Found) -> None:
    """The demonstration year, in the person's own data folder."""
    papers = outside.home / "文档"
    papers.mkdir()
    book, paper, charts = (str(papers / f"台办 2025{end}") for end in (".xlsx", ".docx", ".pdf"))
    _hold(VERSION in outside.run("--version"), "--version 说的不是这个版本")
    outside.run("demo")
    outside.run("audit", *dev.YEAR, code=1)  # the made-up zone has faults
    for step in (*dev.CORRECTIONS, ("audit", *dev.YEAR), ("indicators", *dev.YEAR)):
        outside.run(*step)
    _hold("已签发第 1 版" in outside.run("export", *dev.YEAR, "-o", book, "--issue"), "没有签发")
    _hold("完好" in outside.run("verify", book), "签发的报表没有通过验证")
    outside.run("report", *dev.YEAR, "-o", paper)
    outside.run("charts", *dev.YEAR, "-o", charts)
    printed = papers / "台办 2025 打印.pdf"
    outside.run("print", *dev.YEAR, "-o", str(printed))
    outside.run("check")
    found.say("演示年度：审核、更正、签发台办 2025、验证、文字报告、图表、打印成 PDF")
    pdfs = [Path(charts), printed]
    for pdf in pdfs:
        desk.searchable(pdf, "赣州经济技术开发区")
    found.say(f"{'、'.join(f'“{pdf.name}”' for pdf in pdfs)} 里的字都嵌了字体，能查找")


def _other_files(outside: Outside, found: Found) -> None:
    """A data file of the first version is upgraded, one of a version to come is refused and left as it is (asks.md 84)."""
    old, coming = outside.home / "旧.db", outside.home / "新.db"
    shutil.copy(OLD, old)
    outside.run("audit", *dev.YEAR, data=old, code=None)
    with connect(old, "read") as connection:
        number = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    _hold(number == SCHEMA, f"旧数据文件没有升级：第 {number} 版")
    _hold(any(outside.home.rglob("*升级*.db*")) or any(outside.home.rglob("*upgrade*")), "升级前没有备份")
    shutil.copy(old, coming)
    with connect(coming) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA + 1}")
    connection.close()
    before = coming.read_bytes()
    _hold("新版程序存的" in outside.run("audit", *dev.YEAR, data=coming, code=2), "没有认出新版的数据文件")
    _hold(coming.read_bytes() == before, "动了新版的数据文件")
    found.say("第 1 版的数据文件先备份再升级；比程序新的数据文件不打开、不改动，说明要升级程序")
