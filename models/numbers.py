"""Numbers as people and spreadsheets write them, and exact decimals of fractions."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction

from models.text import clean, fold

_EXACT = Context(prec=100_000)  # the usual one rounds to 28 digits


def decimal_of(amount: Fraction, places: int) -> Decimal:
    """``amount`` as a Decimal of ``places`` decimals, ROUND_HALF_UP (ledgers.md §0.1), exact for any size."""
    return Decimal(half_up(amount * 10**places)).scaleb(-places, _EXACT)


def half_up(amount: Fraction) -> int:
    """Nearest integer, halves away from zero."""
    whole = (2 * abs(amount.numerator) + amount.denominator) // (2 * amount.denominator)
    return whole if amount >= 0 else -whole


_NUMBER = re.compile(
    r"(?P<sign>[-+]?)[¥$]?(?P<sign2>[-+]?)"
    r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?P<power>E[-+]?\d{1,3})?(?P<percent>%?)",
    re.ASCII,
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")
_LONGEST = 100


def read_number(value: object, *, percent: bool = False) -> Decimal | None:
    """The decimal number in a cell or a typed text; None for a blank.

    Full-width digits, 。 as the point, separators where thousands part, a currency sign, brackets for a negative and, if
    ``percent``, a trailing % are understood. Raises ValueError with a Chinese sentence for anything else.
    """
    if isinstance(value, bool):
        raise ValueError("这里要填数，不是“是/否”")
    if value is None:
        return None
    if isinstance(value, int | float):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not number.is_finite():
            raise ValueError("这里要填数，这一格是算不出的数")
        return number
    shown = clean(str(value))
    text = fold(_BETWEEN_DIGITS.sub(",", shown)).replace("。", ".")
    if not text:
        return None
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    match = _NUMBER.fullmatch(inner)
    if not match or len(inner) > _LONGEST or (match["sign"] and match["sign2"]):
        raise ValueError(f"“{shown}”不是数，请只写数字")
    sign = match["sign"] + match["sign2"]
    if inner is not text and sign:
        raise ValueError(f"“{shown}”不是数，请只写数字")
    if match["percent"] and not percent:
        raise ValueError(f"“{shown}”是百分数，这里不填百分数，请填数")
    number = Decimal(match["digits"].replace(",", "") + (match["power"] or ""))
    return number.copy_negate() if (inner is not text) != (sign == "-") else number
