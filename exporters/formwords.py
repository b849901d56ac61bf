"""What a form calls its cells: the words at the left of a cell's row, the heads above its column, the unit its row names."""

from __future__ import annotations

import re

from exporters.sheetxml import FormSheet, Place

_CODE = re.compile(r"[甲乙丙丁]|\d+(=.*)?")  # a column's own number under its head
_NOT_NAMES = frozenset({"代码", "序号"})
_PART = "其中"
_UNITS = frozenset({"计量单位", "单位"})


class FormWords:
    """The printed words of one sheet of a form; places are the form's own, before its lists grow."""

    def __init__(self, form: FormSheet) -> None:
        self._form = form
        self._texts = {place: _plain(value) for place, value in form.values.items() if isinstance(value, str)}
        self._asking = {row for row, _ in (*form.slots, *form.formulas)}
        self._anchors = {
            (row, column): (top, left)
            for top, left, bottom, right in form.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }

    def head(self, place: Place) -> str:
        """The heads above a cell, the widest first, without the numbers of the columns."""
        found: dict[Place, str] = {}
        for row in range(place[0] - 1, 0, -1):
            at = self._anchor((row, place[1]))
            across = at[1] == 1 < place[1]  # a title, or the name of a part of the table
            if row in self._asking or across:
                if found:
                    break
                continue
            text = self._texts.get(at, "")
            if _named(text):
                found[at] = text
            elif found and not text:
                break
        return " ".join(reversed(found.values()))

    def called(self, place: Place) -> tuple[str, str]:
        """What a cell is called, row and head, and the unit its row names; a text with figures in it by how it begins."""
        row, unit = self.row(place)
        slot = self._form.slots.get(place)
        if slot is not None and not row and (begins := re.split("[：:，。]", slot.pieces[0].strip())[0]):
            return begins, ""
        head = self.head(place)
        return " · ".join(filter(None, (row, head))), "%" if "%" in head else unit

    def row(self, place: Place) -> tuple[str, str]:
        """The words at the left of a cell in its row, and the unit the row names."""
        found: dict[Place, str] = {}
        unit = ""
        for column in range(1, place[1]):
            at = self._anchor((place[0], column))
            head, text = self.head((place[0], column)), self._texts.get(at, "")
            if head in _UNITS:
                unit = text
            elif head not in _NOT_NAMES and _named(text):
                found[at] = f"{self._whole(at)}{text}" if text.startswith(_PART) else text
        return " ".join(found.values()), unit

    def _whole(self, place: Place) -> str:
        """What a row called 其中 is a part of: the next row above that is not."""
        above = (self._texts.get((row, place[1]), "") for row in range(place[0] - 1, 0, -1))
        return next((f"{text} " for text in above if text and not text.startswith(_PART)), "")

    def _anchor(self, place: Place) -> Place:
        return self._anchors.get(place, place)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _named(text: str) -> bool:
    """Whether a text says something: neither a column's number nor a dash in a cell that is not asked for."""
    return any(letter.isalpha() for letter in text) and not _CODE.fullmatch(text)
