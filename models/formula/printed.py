"""How a derived field is worked out, as people read it; apart from the working out, which is loaded when it is needed."""

from __future__ import annotations

from models.fields import Field

_SIGNS = {" * ": " × ", " / ": " ÷ ", ">=": "≥", "<=": "≤"}


def how(field: Field) -> str:
    """A derived field's formula as people read it: other derived fields by their names, the signs of a printed sum."""
    text = field.formula
    for written, printed in _SIGNS.items():
        text = text.replace(written, printed)
    return text
