"""A cell's value as Excel shows it by its number format (ECMA-376 part 1, 18.8.31): what screen and printer draw.

Understood: sections, digits, thousands, decimals, per cent, scaling commas, literals, dates and times. A format beyond
that (fractions, powers) is shown as General.

>>> display(1234.565, "#,##0.00")
'1,234.57'
>>> display(date(2025, 9, 1), 'yyyy"年"m"月"')
'2025年9月'
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

GENERAL = "General"
_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[[^\]]*\]|([0#?.,%]+)|([ymdhs]+)|(.)', re.DOTALL | re.IGNORECASE)
_DIGITS = re.compile(r"(?:[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+),*%?|%")
_DATED = re.compile(r"[ymdhs]", re.IGNORECASE)
_QUIET = re.compile(r'"[^"]*"|[\\!].|_.|\*.|\[[^\]]*\]', re.DOTALL)


def display(value: object, number_format: str = GENERAL) -> str:
    """The text of a cell's value; "" for an empty one."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime() | date() | time():
            return _moment(value, number_format)
        case timedelta():
            return str(value)
        case int() | float() | Decimal():
            return _number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), number_format)
    sections = _sections(number_format)
    return _literals(sections[3]).replace("@", str(value)) if len(sections) == 4 else str(value)


@cache
def _sections(number_format: str) -> tuple[str, ...]:
    held = _QUIET.sub(lambda quoted: quoted[0].replace(";", "\0"), number_format)
    return tuple(part.replace("\0", ";") for part in held.split(";"))


def _number(value: Decimal, number_format: str) -> str:
    sections = _sections(number_format)
    chosen = sections[0]
    if len(sections) > 1 and value < 0:
        chosen, value = sections[1], -value
    elif len(sections) > 2 and value == 0:
        chosen = sections[2]
    bare = _QUIET.sub("", chosen)
    if chosen in {GENERAL, "@", ""} or _DATED.search(bare) or "/" in bare or re.search("[eE][+-]", bare):
        return _general(value)
    found = _DIGITS.search(bare)
    if not found:
        return _literals(chosen)
    figure, sign = _digits(abs(value), found[0])
    minus = "-" if value < 0 and sign else ""
    return minus + "".join(_number_pieces(chosen, figure))


def _number_pieces(section: str, figure: str) -> list[str]:
    """The literals of a section with the figure in place of its first run of digits."""
    pieces, placed = [], False
    for token in _TOKEN.finditer(section):
        quoted, escaped, digits, _, other = token.groups()
        if digits:
            pieces.append("" if placed else figure)
            placed = True
        else:
            pieces.append(quoted or escaped or other or "")
    return pieces


def _digits(value: Decimal, pattern: str) -> tuple[str, bool]:
    """The digits by a pattern such as #,##0.00, and whether anything but zeros is left of the value."""
    percent = pattern.endswith("%")
    body = pattern.rstrip("%")
    scaled = value * 100 if percent else value
    scaled /= Decimal(1000) ** (len(body) - len(body.rstrip(",")))
    whole, _, decimals = body.rstrip(",").partition(".")
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    integer, _, rest = f"{rounded:f}".partition(".")
    least = whole.replace(",", "").replace("#", "").replace("?", "")
    integer = integer.lstrip("0").rjust(len(least), "0")
    if "," in whole and integer:
        zeros = len(integer) - len(integer.lstrip("0"))
        integer = integer if zeros else f"{int(integer):,}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    while optional and rest.endswith("0"):
        rest, optional = rest[:-1], optional - 1
    point = "." if decimals and (rest or "0" in decimals) else ""
    return integer + point + rest + ("%" if percent else ""), rounded != 0


def _general(value: Decimal) -> str:
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** 11:
        return str(int(value))
    return f"{float(value):.10g}"


def _moment(value: date | time, number_format: str) -> str:
    section = _sections(number_format)[0]
    if not _DATED.search(_QUIET.sub("", section)):
        return str(value)
    pieces, last = [], ""
    tokens = list(_TOKEN.finditer(section))
    for place, token in enumerate(tokens):
        quoted, escaped, digits, part, other = token.groups()
        if part:
            after = next((later[4].lower() for later in tokens[place + 1 :] if later[4]), "")
            pieces.append(_part(value, part.lower(), minutes=last.startswith("h") or after.startswith("s")))
            last = part.lower()
        else:
            pieces.append(quoted or escaped or digits or other or "")
    return "".join(pieces)


def _part(value: date | time, part: str, *, minutes: bool) -> str:
    letter, wide = part[0], len(part) > 1
    name = {"y": "year", "d": "day", "h": "hour", "s": "second"}.get(letter, "minute" if minutes else "month")
    number = getattr(value, name, 0)
    if letter == "y":
        return f"{number:04}" if len(part) > 2 else f"{number % 100:02}"
    return f"{number:02}" if wide else str(number)


def _literals(section: str) -> str:
    return "".join(
        (token[1] or token[2] or token[5] or token[4] or "") for token in _TOKEN.finditer(section) if not token[3]
    )
