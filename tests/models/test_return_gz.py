"""The filled form of 赣州 for the made-up zone as text (tests/data/returns)."""

from __future__ import annotations

from pathlib import Path

from tests.models.test_return_jx import as_it_was

CODE = "360701"


def test_the_demonstration_return_is_as_it_was(tmp_path: Path) -> None:
    """Write tests/data/returns anew with YEARBOOK_NEW_REFERENCE=1, and read the difference before committing it."""
    as_it_was(tmp_path, "赣州", CODE)
