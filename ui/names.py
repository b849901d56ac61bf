"""The records of a ledger by name: to offer while a code, a name or its pinyin initials are typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from models.kinds import Reference, Stored
from models.ledger import Ledger
from models.ledgers import BY_ID
from models.periods import Period
from models.pinyin import spell
from models.store.file import DataFile
from models.store.views import Column, Page, View
from models.text import fold


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what is kept, what is shown, and the quieter text beside it."""

    value: Stored
    text: str
    detail: str = ""


spelled = lru_cache(maxsize=None)(spell)  # a name is spelled once, whoever looks for it


class Names:
    """The records of each ledger, read when first asked for and forgotten when something is written."""

    def __init__(self, file: DataFile) -> None:
        self.file = file
        self._known: dict[tuple[str, str], list[Option]] = {}

    def forget(self) -> None:
        """Read afresh next time."""
        self._known.clear()

    def all(self, ledger: Ledger, zone: str) -> list[Option]:
        """Every record of ``ledger`` in ``zone`` as an option whose value is its id."""
        known = self._known.get((ledger.id, zone))
        if known is None:
            known = self._known[(ledger.id, zone)] = list(self._read(ledger, zone))
        return known

    def _read(self, ledger: Ledger, zone: str) -> list[Option]:
        fields = list(dict.fromkeys((*ledger.title, *ledger.key)))
        columns = tuple(Column(ledger, ledger.by_id[name]) for name in fields)
        page = Page(View(ledger, ledger, columns), zone, Period(2000))
        with self.file.reading() as connection:
            lines = page.lines(connection, page.ids(connection))
        options = []
        for line in lines.values():
            texts = [self._text(column, line.values[column.key], line.titles.get(column.key, "")) for column in columns]
            options.append(Option(line.id, texts[0], " · ".join(filter(None, texts[1:]))))
        return options

    @staticmethod
    def _text(column: Column, value: Stored, title: str) -> str:
        return title if isinstance(column.field.kind, Reference) else column.field.kind.show(value)

    def search(self, ledger_id: str, zone: str, text: str, limit: int = 50) -> list[Option]:
        """Records to offer for ``text``: by code, by characters of the name, by full pinyin or initials; best first."""
        options = self.all(BY_ID[ledger_id], zone)
        word = fold(text)
        if not word:
            return options[:limit]
        ranked = sorted(
            ((rank, place) for place, option in enumerate(options) if (rank := _rank(word, option)) is not None),
        )
        return [options[place] for _, place in ranked[:limit]]


def _rank(word: str, option: Option) -> int | None:
    name, detail = fold(option.text), fold(option.detail)
    if word in (name, detail):
        return 0
    if name.startswith(word):
        return 1
    if word in name:
        return 2
    if word in detail:
        return 3
    if not word.isascii():
        return None
    full, initials = spelled(option.text)
    letters = word.lower()
    return 1 if initials.startswith(letters) else 2 if full.startswith(letters) else 4 if letters in initials else None
