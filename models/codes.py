"""Code lists: what a code means, and which code a person or a file means.

The lists are the files of ``resources/codes`` (docs/codes.md names them all). A file is one list, named as the file is;
小代码表.csv holds all short ones. A line ``# 标题;标准与日期;完整与核对情况`` opens a list, then come rows of
``code,name,parent,aliases,pinyin,initials``; 国民经济行业 has two columns more for codes whose meaning changed in 2017.
Files in ``tables`` are reference tables that are no code list. Everything is read when first asked for.

>>> code_list("国民经济行业").find("计算机、通信和其他电子设备制造业39").code
'39'
>>> [code.name for code in code_list("币种").search("my")]
['美元']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cache, cached_property
from pathlib import Path

from models.text import fold

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "codes"
_SHORT = "小代码表"
_MARKS = "-.、,:;/()_|·>"  # stand between a code and a name: 39-制造业, 1.国有控股, 制造业(39)
_CODE_FIRST = re.compile(rf"[{re.escape(_MARKS)}]*([0-9A-Z_]+(?:\.0)?)[{re.escape(_MARKS)}]*(.+)")
_CODE_LAST = re.compile(rf"(.+?)[{re.escape(_MARKS)}]*(?<![0-9A-Z_])([0-9A-Z_]+)[{re.escape(_MARKS)}]*")
_ALIKE = 0.8  # 机动车、电子产品和日用品修理业 is 机动车、电子产品和日用产品修理业; 食用菌加工 is not 水果和坚果加工


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list; ``parent`` is the code it belongs under, or ""."""

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
    """A code list: a mapping from code to :class:`Code` in the order of the standard, and the ways of looking into it."""

    def __init__(self, id: str, heading: str, rows: list[dict[str, str]]) -> None:
        self.id = id
        self.title, self.source, self.status = heading.split(";")
        self._codes = {row["code"]: Code(*map(row.__getitem__, Code.__slots__)) for row in rows}
        self._aliases = {row["code"]: row["aliases"].split("|") for row in rows if row["aliases"]}
        self._rows = rows

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __repr__(self) -> str:
        return f"CodeList({self.id!r}, {len(self)} codes)"

    def children(self, code: str) -> tuple[Code, ...]:
        """The codes directly under ``code``; of "" the topmost ones."""
        return self._children.get(code, ())

    def ancestors(self, code: str) -> tuple[Code, ...]:
        """What ``code`` belongs under, nearest first; empty for an unknown code."""
        found: list[Code] = []
        here = self._codes.get(code)
        while here and (here := self._codes.get(here.parent)):
            found.append(here)
        return tuple(found)

    def under(self, code: str, ancestor: str) -> bool:
        """Whether ``code`` is ``ancestor`` or belongs under it: 3963 is under 39 and under C."""
        return code == ancestor or any(one.code == ancestor for one in self.ancestors(code))

    def find(self, text: str, name: str | None = None, *, typed: bool = False) -> Code | None:
        """The one entry that ``text`` means, or None when it means none or more than one.

        Understood are a code (3963, C3963, 3963.0), a name or alias, both in one text (制造业39, 39制造业, 美元(USD)), and
        the names from the top down (江西省赣州市章贡区). Of entries below one another that share a name the lowest is
        meant. ``name`` is what a file has in its name column: then a code that lost its leading zero is understood
        (111 with 稻谷种植 is 0111), a code of the 2011 edition is carried over by its name, and a name that belongs
        elsewhere makes the answer None. ``typed`` text may also be full pinyin or initials, where they fit one entry.
        """
        found = self._index.get(text)  # most texts stand there as they are
        if found and not name:
            return found
        key = fold(text)
        if name and (other := fold(name)):
            return self._both(key, other, strict=False) if key else self._index.get(other)
        return (
            self._index.get(key)
            or self._index.get(key.removesuffix(".0"))
            or self._joined(key)
            or self._path(key)
            or (self._spelled.get(key.lower()) if typed else None)
        )

    def search(self, text: str, limit: int = 50) -> list[Code]:
        """Entries to offer while ``text`` is being typed, best first: by code, by any characters of the name, by pinyin.

        Words parted by spaces must all fit; without any the list's first entries are given.
        """
        words = [fold(word) for word in text.split()]
        ranked = []
        for code, key, names in self._searched:
            rank = max((_rank(word, code, key, names) for word in words), default=0)
            if rank < _NO_FIT:
                ranked.append((rank, code))
        return [code for _, code in sorted(ranked, key=lambda pair: pair[0])[:limit]]

    def _both(self, code: str, name: str, *, strict: bool) -> Code | None:
        """The entry that a code and a name mean together (both folded); ``strict`` wants a name that is known here."""
        code = code.removesuffix(".0")
        exact, named = self._index.get(code), self._index.get(name)
        if (code, name) in self._moved:
            return self._index.get(self._moved[code, name])
        if exact and not named:
            return exact if not strict or self._alike(exact, name) else None
        for one in (exact, *(self._codes.get(code.zfill(width)) for width in range(len(code) + 1, 7))):
            if one and named and self.under(one.code, named.code):
                return one
            if one and named and self.under(named.code, one.code):
                return named
        return None

    def _alike(self, code: Code, name: str) -> bool:
        """Whether ``name`` is nearly the name of ``code``, or the beginning of it."""
        own = fold(code.name)
        return own.startswith(name) or SequenceMatcher(None, own, name, autojunk=False).ratio() >= _ALIKE

    def _joined(self, key: str) -> Code | None:
        """The entry meant by a code and its name in one text, in either order."""
        if found := _CODE_FIRST.fullmatch(key):
            first = self._both(found[1], found[2].rstrip(_MARKS), strict=True)
            if first:
                return first
        if found := _CODE_LAST.fullmatch(key):
            return self._both(found[2], found[1], strict=True)
        return None

    def _path(self, key: str) -> Code | None:
        """The entry at the end of a path of names, each of which may be left out: 江西赣州市章贡区, 制造业/金属制品业."""
        for start in range(1, len(key)):
            fits = [code for code in self._named.get(key[start:], ()) if self._leads(key[:start], code)]
            if len(fits) == 1:
                return fits[0]
        return None

    def _leads(self, head: str, code: Code) -> bool:
        """Whether ``head`` is made of names of what ``code`` belongs under."""
        for above in self.ancestors(code.code):
            head = head.rstrip(_MARKS)
            ending = next((name for name in self._names(above) if head.endswith(name)), "")
            head = head.removesuffix(ending)
        return not head.rstrip(_MARKS)

    def _names(self, code: Code) -> list[str]:
        """The folded name and aliases of an entry."""
        return [fold(name) for name in (code.name, *self._aliases.get(code.code, ()))]

    @cached_property
    def _children(self) -> dict[str, tuple[Code, ...]]:
        found: dict[str, list[Code]] = {}
        for code in self._codes.values():
            found.setdefault(code.parent, []).append(code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    @cached_property
    def _named(self) -> dict[str, list[Code]]:
        """Every folded name and alias with the entries that bear it."""
        found: dict[str, list[Code]] = {}
        for code in self._codes.values():
            for name in self._names(code):
                found.setdefault(name, []).append(code)
        return found

    @cached_property
    def _index(self) -> dict[str, Code]:
        """Every folded text that means one entry: codes (with the section letter too), names, aliases."""
        found: dict[str, Code] = {}
        for name, codes in self._named.items():
            lowest = max(codes, key=lambda code: len(self.ancestors(code.code)))
            exact = [code for code in codes if fold(code.name) == name] or codes
            if len(exact) == 1:
                found[name] = exact[0]
            elif all(self.under(lowest.code, code.code) for code in exact):
                found[name] = lowest
        for code in self._codes.values():
            top = [code, *self.ancestors(code.code)][-1]
            if len(top.code) == 1 and top.code.isalpha() and code is not top and code.code[0].isdigit():
                found[f"{top.code}{code.code}"] = code
        return found | {fold(code.code): code for code in self._codes.values()}

    @cached_property
    def _moved(self) -> dict[tuple[str, str], str]:
        """(code, name) of the older edition where the code now means something else → today's code, or "" if unknown."""
        return {
            (row["code"], fold(row["formerly"])): row["now_at"] for row in self._rows if row.get("formerly")
        }

    @cached_property
    def _spelled(self) -> dict[str, Code]:
        """Full pinyin and initials that fit one entry only."""
        found: dict[str, set[Code]] = {}
        for code in self._codes.values():
            for spelling in (code.pinyin, code.initials):
                found.setdefault(spelling, set()).add(code)
        return {spelling: codes.pop() for spelling, codes in found.items() if len(codes) == 1}

    @cached_property
    def _searched(self) -> list[tuple[Code, str, list[str]]]:
        return [(code, fold(code.code), self._names(code)) for code in self._codes.values()]


_NO_FIT = 9


def _rank(word: str, code: Code, key: str, names: list[str]) -> int:
    """How well a folded word fits an entry, 0 best."""
    letters = word.lower()
    fits = (
        word == key or word in names,
        key.startswith(word),
        names[0].startswith(word),
        letters in {code.initials, code.pinyin},
        code.initials.startswith(letters) or code.pinyin.startswith(letters),
        any(word in name for name in names),
        letters in code.initials,
    )
    return fits.index(True) if True in fits else _NO_FIT


def code_list(id: str) -> CodeList:
    """The code list of this name; :class:`UnknownCodeList` names the nearest one when there is none."""
    if id not in code_list_ids():
        near = get_close_matches(id, code_list_ids(), 1, 0.3)
        raise UnknownCodeList(f"没有“{id}”这个代码表" + (f",是否想写“{near[0]}”?" if near else "。"))
    return _load(id)


@cache
def code_list_ids() -> tuple[str, ...]:
    """The names of all code lists: those with a file of their own, then the short ones."""
    files = sorted(path.stem for path in FOLDER.glob("*.csv"))
    return (*(stem for stem in files if stem != _SHORT), *_short())


@cache
def code_table(id: str) -> tuple[dict[str, str], ...]:
    """The rows of a reference table of ``resources/codes/tables`` (企业划型标准, 规上标准 …) by column name, all text."""
    ((_, rows),) = _read(FOLDER / "tables" / f"{id}.csv")
    return tuple(rows)


@cache
def _load(id: str) -> CodeList:
    if id in _short():
        return _short()[id]
    ((heading, rows),) = _read(FOLDER / f"{id}.csv")
    return CodeList(id, heading, rows)


@cache
def _short() -> dict[str, CodeList]:
    lists = (heading.split(";", 1) + [rows] for heading, rows in _read(FOLDER / f"{_SHORT}.csv"))
    return {id: CodeList(id, heading, rows) for id, heading, rows in lists}


def _read(path: Path) -> list[tuple[str, list[dict[str, str]]]]:
    """The headings of a file (without ``# ``), each with its rows by column name; the second line names the columns."""
    first, columns, *lines = path.read_text(encoding="utf-8").splitlines()
