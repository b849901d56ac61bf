"""The files of resources/codes are whole, their pinyin is right, and docs/codes.md lists them.

``python -m tests.models.test_code_files`` rewrites the pinyin columns and the table of docs/codes.md after an edit.
"""

from __future__ import annotations

import csv
import io
import re

import pytest

from models.codes import FOLDER, code_list, code_list_ids
from models.pinyin import spell

FILES = sorted(FOLDER.glob("*.csv"))
TABLES = sorted((FOLDER / "tables").glob("*.csv"))
PAGE = FOLDER.parent.parent / "docs" / "codes.md"
BEGINS = ["code", "name", "parent", "aliases", "pinyin", "initials"]
MARKS = re.compile(r"(?<=<!-- lists -->\n).*?(?=<!-- end -->)", re.DOTALL)


def read(path):
    return path.read_bytes().decode("utf-8")


def blocks(path):
    """The heading of each list of a file with its rows."""
    parts = re.split(r"^# (.*)\n", read(path), flags=re.MULTILINE)[1:]
    pairs = [
        (heading, list(csv.reader(io.StringIO(rows)))) for heading, rows in zip(parts[::2], parts[1::2], strict=True)
    ]
    pairs[0][1].pop(0)
    return pairs


def respelled(path):
    """The file's text with its pinyin columns made anew."""
    lines = []
    for row in csv.reader(io.StringIO(read(path), newline="")):
        if not row[0].startswith("# ") and row[:6] != BEGINS:
            row[4:6] = spell(row[1])
        lines.append(row)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def listing():
    """The table of docs/codes.md."""
    rows = [
        f"| {one.id} | {len(one)} | {one.title} | {one.source} | {one.status} |"
        for one in map(code_list, code_list_ids())
    ]
    return "\n".join(
        ["| 代码表 | 条数 | 题名 | 标准与日期 | 完整与核对 |", "| --- | --: | --- | --- | --- |", *rows, ""]
    )


@pytest.mark.parametrize("path", [*FILES, *TABLES], ids=lambda path: path.stem)
def test_headings_and_columns(path):
    text = read(path)
    assert text.startswith("# ")
    assert "\r" not in text
    assert text.endswith("\n")
    columns = text.splitlines()[1].split(",")
    for heading, rows in blocks(path):
        assert heading.count(";") == 3
        assert "," not in heading
        assert '"' not in heading
        assert all(part.strip() == part != "" for part in heading.split(";"))
        assert rows
        assert {len(row) for row in rows} == {len(columns)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_lists(path):
    assert read(path).splitlines()[1].split(",")[:6] == BEGINS
    for _, rows in blocks(path):
        before = {""}
        for code, name, parent, aliases, *_ in rows:
            assert re.fullmatch(r"[^\s,|;]+", code)
            assert name == name.strip() != ""
            assert parent in before
            assert code not in before
            assert "" not in aliases.split("|") or not aliases
            before.add(code)


def test_a_file_of_its_own_is_named_as_its_list():
    assert {path.stem for path in FILES} - {"小代码表"} == {
        id for id in code_list_ids() if (FOLDER / f"{id}.csv").exists()
    }
    for path in [*FILES, *TABLES]:
        names = [heading.split(";")[0] for heading, _ in blocks(path)]
        assert names == [path.stem] or path.stem == "小代码表"
        assert len(set(names)) == len(names)
    assert len(set(code_list_ids())) == len(code_list_ids())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_aliases_are_worth_having(path):
    """An alias that finds nothing, or its entry's own name, would be a mistake."""
    for heading, rows in blocks(path):
        one = code_list(heading.split(";")[0])
        for code, name, _, aliases, *_ in rows:
            for alias in filter(None, aliases.split("|")):
                assert alias not in {code, name}, (one.id, alias)
                assert one.find(alias) is one[code], (one.id, alias)


def test_old_meanings_of_industries():
    ((_, rows),) = blocks(FOLDER / "国民经济行业.csv")
    changed = [row for row in rows if row[6]]
    assert len(changed) == 213
    assert sum(row[7] != "" for row in changed) == 106
    for code, _, _, _, _, _, formerly, now_at in changed:
        assert not now_at or code_list("国民经济行业")[now_at].name == formerly
        assert not formerly or code_list("国民经济行业")[code].name != formerly


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pinyin_columns_are_up_to_date(path):
    assert read(path) == respelled(path), "python -m tests.models.test_code_files"


def test_page_lists_every_code_list():
    assert MARKS.search(read(PAGE))[0] == listing(), "python -m tests.models.test_code_files"


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_page_names_every_table(path):
    assert f"`{path.stem}`" in read(PAGE)


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("六安市", "luanshi", "las"),
        ("六合区", "luhequ", "lhq"),
        ("重庆市", "chongqingshi", "cqs"),
        ("厦门市", "xiamenshi", "xms"),
        ("乐清市", "yueqingshi", "yqs"),
        ("长武县", "changwuxian", "cwx"),
        ("长子县", "zhangzixian", "zzx"),
        ("闵行区", "minhangqu", "mhq"),
        ("朝阳市", "chaoyangshi", "cys"),
        ("单县", "shanxian", "sx"),
        ("铅山县", "yanshanxian", "ysx"),
        ("于都县", "yuduxian", "ydx"),
        ("涡阳县", "guoyangxian", "gyx"),
        ("会计、审计及税务服务", "kuaijishenjijishuiwufuwu", "kjsjjswfw"),
        ("吕梁市", "lvliangshi", "lls"),
        ("LED照明（3D）", "ledzhaoming3d", "ledzm3d"),
        ("专精特新“小巨人”企业", "zhuanjingtexinxiaojurenqiye", "zjtxxjrqy"),
        ("—", "", ""),
    ],
)
def test_spelling(name, full, initials):
    assert spell(name) == (full, initials)


if __name__ == "__main__":
    for file in FILES:
        file.write_bytes(respelled(file).encode("utf-8"))
    PAGE.write_bytes(MARKS.sub(lambda _: listing(), read(PAGE)).encode("utf-8"))
