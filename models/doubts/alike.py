"""Enterprises that look like one: the same name but for place and legal form, or a like name and something else in common.

Two that share a 统一社会信用代码 cannot be: the store has one row for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from models.pinyin import spell
from models.text import fold

_FORMS = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|公司|集团|股份|厂|\(有限合伙\)|有限合伙)+$"
)
_PLACES = re.compile(r"^(?:[一-鿿]{2,3}省)?(?:[一-鿿]{2,4}市)?(?:[一-鿿]{1,4}[区县])?")
_PLACE_INSIDE = re.compile(r"\([一-鿿]{2,6}\)")
_MOST = 40  # of one phone or address: an industrial park's own, which says nothing
_LEAST = 2  # characters of a name without place and form


@dataclass(frozen=True, slots=True)
class Who:
    """What is compared of an enterprise."""

    row: bytes
    name: str
    code: str = ""
    legal: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one, and in what they agree, in words."""

    one: bytes
    other: bytes
    why: str


def core(name: str, places: Sequence[str] = ()) -> str:
    """A name without its place and legal form.

    >>> core("江西省赣州市赋声电子股份有限公司"), core("赋声电子(赣州)有限公司")
    ('赋声电子', '赋声电子')
    """
    text = _FORMS.sub("", _PLACE_INSIDE.sub("", fold(name)))
    text = _PLACES.sub("", text) or text
    for place in places:
        text = text.removeprefix(place) or text
    return text


def pairs_alike(firms: Iterable[Who], line: float, places: Sequence[str] = ()) -> list[Pair]:
    """The pairs, each once; ``line`` from 0 to 1 is how like names have to be where something else agrees; ``places`` are names of
    places that names begin with, without 省 or 市.
    """
    known = list(firms)
    cores = {each.row: core(each.name, places) for each in known}
    found: dict[tuple[bytes, bytes], Pair] = {}
    for one, other in _sharing(known, lambda each: cores[each.row] if len(cores[each.row]) >= _LEAST else ""):
        same = fold(one.name) == fold(other.name)
        agree = _agreements(one, other)
        why = "、".join(["名称相同" if same else "名称去掉地名和公司形式后相同", *agree])
        found[one.row, other.row] = Pair(one.row, other.row, why)
    for key, like in _WITNESSES:
        for one, other in _sharing(known, key):
            names = cores[one.row], cores[other.row]
            if (one.row, other.row) not in found and min(map(len, names)) >= _LEAST and like(*names, line):
                why = "、".join(["名称相近", *_agreements(one, other)])
                found[one.row, other.row] = Pair(one.row, other.row, why)
    return list(found.values())


def _like(one: str, other: str, line: float) -> bool:
    return fuzz.ratio(one, other) / 100 >= line


def _mistyped(one: str, other: str, line: float) -> bool:
    """Whether they differ by one character left out, or by one that sounds the same: one person may well have two enterprises of
    like names, and names of persons come more than once.
    """
    if not _like(one, other, line):
        return False
    if len(one) == len(other):
        differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
        return len(differing) == 1 and spell(differing[0][0]) == spell(differing[0][1])
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _agreements(one: Who, other: Who) -> list[str]:
    """In what they agree besides the name; the values themselves are personal and not told."""
    shared = {
        "法定代表人相同": (fold(one.legal), fold(other.legal)),
        "电话相同": (_digits(one.phone), _digits(other.phone)),
        "地址相同": (fold(one.address), fold(other.address)),
    }
    return [words for words, (ours, theirs) in shared.items() if ours and ours == theirs]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", fold(text))


def _sharing(known: Sequence[Who], key: Callable[[Who], str]) -> list[tuple[Who, Who]]:
    """The pairs that share a key, those of keys that too many share left out."""
    together: dict[str, list[Who]] = {}
    for each in known:
        if text := key(each):
            together.setdefault(text, []).append(each)
    return [pair for some in together.values() if 1 < len(some) <= _MOST for pair in combinations(some, 2)]


_WITNESSES: tuple[tuple[Callable[[Who], str], Callable[[str, str, float], bool]], ...] = (
    (lambda each: _digits(each.phone), _like),
    (lambda each: fold(each.address), _like),
    (lambda each: fold(each.legal), _mistyped),
)


def by_first(pairs: Iterable[Pair]) -> Mapping[bytes, list[Pair]]:
    """The pairs of each enterprise that comes first in them."""
    found: dict[bytes, list[Pair]] = {}
    for each in pairs:
        found.setdefault(each.one, []).append(each)
    return found
