"""Code lists: what a code means, and which code a person or a file means.

The lists are the files of ``resources/codes`` (docs/codes.md names them all): a file is one list of that name, and
小代码表.csv holds all short ones. A line ``# 名称;题名;标准与日期;完整与核对`` opens a list, the columns
``code,name,parent,aliases,pinyin,initials`` and perhaps more are the same for the whole file, parents stand before what
belongs under them. Files in ``tables`` are reference tables that are no code list. Each is read when first asked for.

>>> code_list("国民经济行业").find("计算机、通信和其他电子设备制造业39").code
'39'
>>> [code.name for code in code_list("币种").search("my")]
['美元']
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

from models.codewords import CodeWords
from models.places import RESOURCES

FOLDER = RESOURCES / "codes"
_SHORT = "小代码表"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list; ``parent`` is the code it belongs under, or ""; pinyin is lower case without spaces."""

    code: str
    name: str
    parent: str
    pinyin: str
    initials: str


class UnknownCodeList(KeyError):
    """There is no code list of this name; the message is a Chinese sentence with the nearest one."""

    def __str__(self) -> str:
        return str(self.args[0])


class CodeList(Mapping[str, Code]):
    """A code list: a mapping from code to :class:`Code` in the order of the standard, and the ways of looking into it.

    ``title`` is its full name, ``source`` the standard with number and date, ``status`` whether it is complete and
    checked.
    """

    def __init__(self, heading: str, columns: list[str], rows: list[list[str]]) -> None:
        self.id, self.title, self.source, self.status = heading.split(";")
        self._columns, self._rows = columns, rows
        self._codes = {
            code: Code(code, name, parent, pinyin, initials) for code, name, parent, _, pinyin, initials, *_ in rows
        }

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def children(self, code: str) -> tuple[Code, ...]:
        """The codes directly under ``code``; of "" the topmost ones."""
        return tuple(one for one in self._codes.values() if one.parent == code)

    def ancestors(self, code: str) -> tuple[Code, ...]:
        """What ``code`` belongs under, nearest first; empty for a topmost or unknown code."""
        return tuple(self._codes[above] for above in self._lines.get(code, ())[1:])

    def under(self, code: str, ancestor: str) -> bool:
        """Whether ``code`` is ``ancestor`` or belongs under it: 3963 is under 39 and under C."""
        return ancestor in self._lines.get(code, ())

    def find(self, text: str, name: str | None = None, *, typed: bool = False) -> Code | None:
        """The one entry that ``text`` means, or None when it means none or more than one.

        Understood are a code (3963, C3963, 3963.0), a name or alias, both in one text (制造业39, 39制造业, 美元(USD)), and
        names from the top down (江西省赣州市章贡区). Of entries below one another that share a name the lowest is meant.
        ``name`` is what a file has in its name column: then a code that lost its leading zero is understood (111 with
        稻谷种植 is 0111), a code of the 2011 edition is carried over by its name, and a name that belongs elsewhere makes
        the answer None. ``typed`` text may also be full pinyin or initials, where they fit one entry.
        """
        found = self._words.find(text, name, typed)
        return self._codes[found] if found else None

    def search(self, text: str, limit: int = 50) -> list[Code]:
        """Entries to offer while ``text`` is typed, best first: by code, by characters of the name, by pinyin.

        Words parted by spaces must all fit, some may fit what the entry belongs under: 北京 朝阳. Without any the list's
        first entries are given.
        """
        return [self._codes[code] for code in self._words.search(text)[:limit]]

    @cached_property
    def _lines(self) -> dict[str, tuple[str, ...]]:
        """Each code with all it belongs under, nearest first."""
        found: dict[str, tuple[str, ...]] = {}
        for code in self._codes.values():
            found[code.code] = (code.code, *found.get(code.parent, ()))
        return found

    @cached_property
    def _words(self) -> CodeWords:
        """What the list's texts mean; the columns ``formerly`` and ``now_at`` tell of an older edition's names."""
        moved = {}
        if "formerly" in self._columns:
            code, formerly, now_at = map(self._columns.index, ("code", "formerly", "now_at"))
            moved = {(row[code], row[formerly]): row[now_at] for row in self._rows if row[formerly]}
        return CodeWords(self._rows, self._lines, moved)


def code_list(id: str) -> CodeList:
    """The code list of this name; :class:`UnknownCodeList` names the nearest one when there is none."""
    if id in _files():
        return _load(id)
    if id in _short():
        return _short()[id]
    near = get_close_matches(id, code_list_ids(), 1, 0.3)
    raise UnknownCodeList(f"没有“{id}”这个代码表" + (f"，是否想写“{near[0]}”？" if near else "。"))


def code_list_ids() -> tuple[str, ...]:
    """The names of all code lists: those with a file of their own, then the short ones."""
    return (*_files(), *_short())


@cache
def code_table(id: str) -> tuple[dict[str, str], ...]:
    """The rows of a reference table of ``resources/codes/tables`` (企业划型标准, 规上标准 …) by column name, all text."""
    ((_, columns, rows),) = _read(FOLDER / "tables" / f"{id}.csv")
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)


@cache
def _files() -> tuple[str, ...]:
    """The lists with a file of their own."""
    return tuple(sorted({path.stem for path in FOLDER.glob("*.csv")} - {_SHORT}))


@cache
def _load(id: str) -> CodeList:
    (block,) = _read(FOLDER / f"{id}.csv")
    return CodeList(*block)


@cache
def _short() -> dict[str, CodeList]:
    lists = (CodeList(*block) for block in _read(FOLDER / f"{_SHORT}.csv"))
    return {one.id: one for one in lists}


def _read(path: Path) -> list[tuple[str, list[str], list[list[str]]]]:
    """The headings of a file (without their ``# ``), each with the columns, which the second line names, and its rows."""
    blocks: list[tuple[str, list[str], list[list[str]]]] = []
    columns: list[str] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if row[0].startswith("# "):
                blocks.append((row[0][2:], columns, rows := []))
            elif columns:
                rows.append(row)
            else:
                columns += row
    return blocks
