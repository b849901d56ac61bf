"""The rows that the latest import gave back: remembered on this PC as file and number, so that they are not forgotten."""

from __future__ import annotations

from pathlib import Path

from ui.session import Session

NAME = "import/returned"


def note_returned(session: Session, path: Path, rows: int, ledger: str) -> None:
    """An import of ``path`` gave back so many rows; none: whatever was remembered of that file is done."""
    kept = session.settings.get(NAME, {})
    here = str(session.file.path)
    if rows:
        kept[here] = [str(path), rows, ledger]
    elif kept.get(here, [""])[0] == str(path):
        del kept[here]
    session.settings.put(NAME, kept)


def returned(session: Session) -> tuple[str, int, str] | None:
    """File, rows and ledger id of what is still to be put right; None when there is nothing, or the file is gone."""
    match session.settings.get(NAME, {}).get(str(session.file.path)):
        case [str(path), int(rows), str(ledger)] if Path(path).exists():
            return path, rows, ledger
    return None
