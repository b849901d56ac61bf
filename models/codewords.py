"""Which entry of a code list a text means, and which entries to offer while one is being typed.

People and files write a code in many ways: 3963, C3963, 3963.0, 制造业39, 39制造业, 美元(USD), 江西省赣州市章贡区, and a code
column is often wrong where the name beside it is right. All texts here are compared folded (``models.text.fold``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cached_property

from models.text import fold

_MARKS = "-.、,:;/()_|·>"  # stand between a code and a name: 39-制造业, 1.国有控股, 制造业(39)
_CODE_FIRST = re.compile(rf"[{re.escape(_MARKS)}]*([0-9A-Z_]+(?:\.0)?)[{re.escape(_MARKS)}]*(.+)")
_CODE_LAST = re.compile(rf"(.+?)(?<![0-9A-Z_])([0-9A-Z_]+)[{re.escape(_MARKS)}]*")
_ALIKE = 0.8  # 机动车、电子产品和日用品修理业 is 机动车、电子产品和日用产品修理业; 食用菌加工 is not 水果和坚果加工
_WIDEST = 6  # digits of the longest code that can have lost leading zeros
_PLACE = {"省": 5, "市": 3, "县": 4, "区": 2}  # letters of the spelling of what people leave out of a place's name
_ABOVE, _NO_FIT = 9, 10  # ranks after those of CodeWords._rank


class CodeWords:
    """The words of one code list. ``rows`` are its (code, name, parent, aliases, pinyin, initials, …), parents first;
    ``lines`` gives each code with all it belongs under, nearest first; ``moved`` tells where (code, name) of an older
    edition is now, "" where that is unknown.
    """

    def __init__(
        self, rows: Iterable[list[str]], lines: Mapping[str, tuple[str, ...]], moved: Mapping[tuple[str, str], str]
    ) -> None:
        self._lines = lines
        self._moved = {(code, fold(name)): now for (code, name), now in moved.items()}
        self._names: dict[str, list[str]] = {}
        self._spellings: dict[str, tuple[str, str]] = {}
        for code, name, _, aliases, pinyin, initials, *_ in rows:
            self._names[code] = [fold(name), *map(fold, filter(None, aliases.split("|")))]
            self._spellings[code] = pinyin, initials

    def find(self, text: str, name: str | None, typed: bool) -> str | None:
        """The code meant, as :meth:`models.codes.CodeList.find` says."""
        found = self._index.get(text)  # most texts stand there as they are
        if found and not name:
            return found
        key = fold(text).removesuffix(".0")
        if name and (other := fold(name)):
            return self._both(key, other) if key else self._index.get(other)
        return (
            self._index.get(key)
            or self._joined(key)
            or self._path(key)
            or (self._spelled.get(key.lower()) if typed else None)
        )

    def search(self, text: str) -> list[str]:
        """The codes to offer, best first, as :meth:`models.codes.CodeList.search` says."""
        words = [fold(word) for word in text.split()]
        ranked: list[tuple[int, str]] = []
        for code in self._names:
            ranks = [self._rank(word, code) for word in words]
            if not ranks or (min(ranks) < _ABOVE and max(ranks) < _NO_FIT):
                ranked.append((max(ranks, default=0), code))
        return [code for _, code in sorted(ranked, key=lambda pair: pair[0])]

    def _both(self, key: str, name: str) -> str | None:
        """The code that a folded code and name mean together: the lower of the two where they stand in one line."""
        padded = [key.zfill(width) for width in range(len(key), _WIDEST + 1)]
        moved = next((self._moved[code, name] for code in padded if (code, name) in self._moved), None)
        if moved is not None:
            return moved or None
        exact, bearers = self._index.get(key), self._bearers.get(name, [])
        for one in (exact, *padded):
            if one is None or one not in self._names:
                continue
            if below := [code for code in bearers if one in self._lines[code]]:
                return self._lowest(below)
            if any(code in self._lines[one] for code in bearers):
                return one
        return None if bearers else exact

    def _joined(self, key: str) -> str | None:
        """The code meant by a code and its name, more or less, in one text and in either order."""
        for code, name in _partings(key):
            found = self._both(code, name)
            if found and (name in self._bearers or (code, name) in self._moved or _alike(name, self._names[found][0])):
                return found
        return None

    def _path(self, key: str) -> str | None:
        """The code at the end of a path of names, of which any but the last may be missing."""
        for start in range(1, len(key)):
            if key[start:] in self._bearers:
                fits = [code for code in self._bearers[key[start:]] if self._leads(key[:start], code)]
                if found := self._lowest(fits):
                    return found
        return None

    def _leads(self, head: str, code: str) -> bool:
        """Whether ``head`` is made of the names of what ``code`` belongs under."""
        for above in self._lines[code][1:]:
            head = head.rstrip(_MARKS)
            head = head.removesuffix(next((name for name in self._names[above] if head.endswith(name)), ""))
        return not head.rstrip(_MARKS)

    def _lowest(self, codes: list[str]) -> str | None:
        """The one code that belongs under all the others, if there is one."""
        return next((one for one in codes if all(code in self._lines[one] for code in codes)), None)

    def _rank(self, word: str, code: str) -> int:
        """How well a folded word fits an entry, 0 best."""
        if word not in self._texts[code]:
            return (
                _ABOVE
                if any(word in name for above in self._lines[code][1:] for name in self._names[above])
                else _NO_FIT
            )
        key, names, letters, (pinyin, initials) = fold(code), self._names[code], word.lower(), self._spellings[code]
        left_out = _PLACE.get(names[0][-1:], 0) if len(names[0]) > 2 else 0
        short = {initials[:-1], pinyin[:-left_out]} if left_out else set()
        fits = (
            word == key or word in names,
            key.startswith(word),
            names[0].startswith(word),
            letters in short and names[0][-1] in "省市",
            letters in {initials, pinyin},
            letters in short,
            initials.startswith(letters) or pinyin.startswith(letters),
            any(word in name for name in names),
            letters in initials,
        )
        return fits.index(True) if any(fits) else _NO_FIT

    @cached_property
    def _bearers(self) -> dict[str, list[str]]:
        """The codes that bear a folded name or alias."""
        found: dict[str, list[str]] = {}
        for code, names in self._names.items():
            for name in dict.fromkeys(names):
                found.setdefault(name, []).append(code)
        return found

    @cached_property
    def _index(self) -> dict[str, str]:
        """Every folded text that means one code: names and aliases, codes behind the letter of their section, codes."""
        found = {name: one for name, codes in self._bearers.items() if (one := self._lowest(codes))}
        for code, line in self._lines.items():
            if code.isdigit() and line[-1].isalpha():
                found[line[-1] + code] = code
        return found | {fold(code): code for code in self._names}

    @cached_property
    def _texts(self) -> dict[str, str]:
        """All that can be searched for in each entry, folded."""
        return {
            code: " ".join((fold(code), *names, *self._spellings[code])).upper() for code, names in self._names.items()
        }

    @cached_property
    def _spelled(self) -> dict[str, str]:
        """Full pinyin and initials that fit one code only."""
        found: dict[str, set[str]] = {}
        for code, spellings in self._spellings.items():
            for spelling in spellings:
                found.setdefault(spelling, set()).add(code)
        return {spelling: codes.pop() for spelling, codes in found.items() if len(codes) == 1}


def _partings(key: str) -> Iterator[tuple[str, str]]:
    """The ways of parting a folded text into a code and a name, with ever fewer marks behind the name."""
    for pattern, code, name in ((_CODE_FIRST, 1, 2), (_CODE_LAST, 2, 1)):
        if found := pattern.fullmatch(key):
            parted = found[name]
            while parted:
                yield found[code].removesuffix(".0"), parted
                parted = parted[:-1] if parted[-1] in _MARKS else ""


def _alike(name: str, own: str) -> bool:
    """Whether a folded name is nearly ``own``, or its beginning: people cut long names; one with digits names two."""
    if any(map(str.isdigit, name)):
        return False
    return own.startswith(name) or SequenceMatcher(None, own, name, autojunk=False).ratio() >= _ALIKE
