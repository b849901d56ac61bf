"""Which record each row is about: found by code, then 注册号, then name, in the ledger or among the file's own rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from importers.merge.grouping import looks_like_code, told
from models.kinds import NOT_APPLICABLE, Raw, Stored
from models.text import fold
from models.uscc import compact

_NOTHING = frozenset(map(fold, NOT_APPLICABLE))


@dataclass(frozen=True, slots=True)
class Known:
    """A record as it is known: ``id`` is None for one that the file adds."""

    id: bytes | None
    code: str = ""
    old: str = ""
    name: str = ""

    @property
    def coded(self) -> bool:
        """Whether its code is one, be it right or wrong, and no other text."""
        return looks_like_code(self.code)

    @property
    def called(self) -> str:
        """Its name, else its code."""
        return self.name or self.code or self.old

    def __str__(self) -> str:
        return f"“{self.name}”（{self.code or self.old}）" if self.code or self.old else f"“{self.name}”"


@dataclass
class Directory:
    """Records found by code, old number and folded name."""

    records: list[Known] = field(default_factory=list)
    codes: dict[str, list[int]] = field(default_factory=dict)
    olds: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)

    def add(self, record: Known) -> int:
        """Its number."""
        self.records.append(record)
        self._index(len(self.records) - 1, record)
        return len(self.records) - 1

    def learn(self, number: int, row: Known) -> None:
        """Take over what a row of the file says of a record: from now on it is known by that too."""
        now = self.records[number]
        code = row.code if row.coded and not now.coded else now.code or row.code
        merged = Known(now.id, code, now.old or row.old, now.name or row.name)
        self.records[number] = merged
        self._index(number, Known(now.id, merged.code, merged.old, row.name))

    def _index(self, number: int, record: Known) -> None:
        for index, key in ((self.codes, record.code), (self.olds, record.old), (self.names, fold(record.name))):
            for one in [text for _, text in told(key)] or [key]:
                numbers = index.setdefault(one, []) if one else [number]
                if number not in numbers:
                    numbers.append(number)

    def find(self, row: Known) -> list[int]:
        """The numbers of the records a row of the ledger's own file can be: one when it is clear, none for a new one.

        A code finds its record, or completes the one that has the name and no code. A text that is no code tells records
        of one name apart, or stands for a name where there is none.
        """
        if row.coded and row.code in self.codes:
            return self.codes[row.code]
        if olds := [number for number in self.olds.get(row.old, []) if not (row.coded and self.records[number].coded)]:
            return olds
        if not row.name:
            return self.codes.get(row.code, [])
        named = [
            number
            for number in self.names.get(fold(row.name), [])
            if not (row.coded and self.records[number].coded) and not (row.old and self.records[number].old)
        ]
        if row.coded or row.old:
            return named if len(named) == 1 else []
        exact = [number for number in named if row.code and self.records[number].code == row.code]
        return exact if len(exact) == 1 else named

    def meant(self, row: Known) -> int | None:
        """The one record that a row of another ledger refers to, by code, then number, then name; None when not clear."""
        keys = (self.codes, (row.code, compact(row.code))), (self.olds, (row.old,)), (self.names, (fold(row.name),))
        for index, texts in keys:
            for text in texts:
                found = index.get(text, []) if text else []
                if len(found) == 1:
                    return found[0]
        return None


def directory(
    columns: Mapping[str, Sequence[Stored]], ids: Sequence[Stored], *, code: str, old: str, name: str
) -> Directory:
    """The records of a ledger, from its columns by field id; ``code``, ``old`` and ``name`` are the fields they are known by."""
    known = Directory()
    blank = [None] * len(ids)
    for id, *texts in zip(ids, *(columns.get(one, blank) for one in (code, old, name)), strict=True):
        assert isinstance(id, bytes)
        known.add(Known(id, *(str(text or "") for text in texts)))
    return known


def described(code: Stored, old: Stored, name: Stored) -> Known:
    """What a row says of its record. Marks like “无” and codes that Excel has destroyed say nothing."""
    return Known(None, *(_said(text) for text in (code, old, name)))


def _said(text: Stored) -> str:
    return "" if not isinstance(text, str) or isinstance(text, Raw) or fold(text) in _NOTHING else text


@dataclass
class Placed:
    """Where the rows went: the number of each row's record in ``directory``, -1 for rows that could not be placed."""

    directory: Directory
    owner: list[int]
    faults: dict[int, str] = field(default_factory=dict)

    def keys(self) -> list[int | None]:
        """The number of each row's record; None for rows that could not be placed."""
        return [number if number >= 0 else None for number in self.owner]


def place(known: Directory, rows: Sequence[Known], refused: Iterable[int] = ()) -> Placed:
    """Place the rows of a file of the ledger itself: those with a code first, then with a 注册号, then with only a name.

    So the outcome does not depend on the order of the file. ``refused`` rows are left out.
    """
    found = Placed(known, [-1] * len(rows))
    left_out = set(refused)
    tiers: list[list[int]] = [[], [], [], []]
    for index, row in enumerate(rows):
        if index in left_out:
            continue
        tiers[0 if row.coded else 1 if row.old else 2 if row.name else 3].append(index)
    for tier in tiers:
        for index in tier:
            _place(found, index, rows[index])
    return found


def _place(found: Placed, index: int, row: Known) -> None:
    known = found.directory
    if not (row.code or row.old or row.name):
        found.faults[index] = "既没有名称也没有代码，不知道是哪个企业，请补上后再导入"
        return
    numbers = known.find(row)
    if len(numbers) > 1:
        both = "、".join(str(known.records[number]) for number in numbers[:2])
        what = row.code if row.coded else row.old or row.name or row.code
        found.faults[index] = f"“{what}”对上了 {len(numbers)} 个企业：{both}，请先在台账里合并或在文件里写明代码"
    elif numbers:
        found.owner[index] = numbers[0]
        known.learn(numbers[0], row)
    else:
        found.owner[index] = known.add(row)
