"""How the lists of a filled sheet have grown, read from the sheet itself: an earlier version does not say how it was filled."""

from __future__ import annotations

from exporters.canonical import Cells, canonical_text
from exporters.references import Growth, address, split_address
from exporters.sheetxml import FormSheet


def growth_of(form: FormSheet, cells: Cells) -> Growth | None:
    """Find each list's end by the form's words below it; None when the sheet does not stand on this form."""
    last = max((split_address(at)[0] for at in cells), default=0)
    grown: list[tuple[int, int]] = []
    shift = 0
    for row in form.lists:
        below = next((at for at in range(row + 1, form.last_row + 1) if _words(form, at)), 0)
        if not below:
            grown.append((row, max(last - form.last_row - shift, 0)))
            continue
        words, least = _words(form, below), below + shift
        found = next((at for at in range(least, last + 1) if _says(cells, at, words)), 0)
        if not found:
            return None
        grown.append((row, found - least))
        shift += found - least
    return Growth(tuple(grown))


def _words(form: FormSheet, row: int) -> dict[int, str]:
    if row in form.lists:
        return {}
    return {
        column: canonical_text(text)
        for (at, column), text in form.values.items()
        if at == row and isinstance(text, str)
    }


def _says(cells: Cells, row: int, words: dict[int, str]) -> bool:
    return all(
        (held := cells.get(address(row, column))) is not None and held.value == text for column, text in words.items()
    )
