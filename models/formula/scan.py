"""From the clerk's text to tokens: full-width marks, Chinese operator words, 【names】, quantities with their unit, texts.

Every name, number and text becomes a placeholder, so what Python's parser gets to read is plain operators and ``_0 _1 …``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from unicodedata import decomposition, normalize

from models.formula.errors import FormulaError
from models.text import fold_name
from models.units import find_unit

LIMIT = 4000  # characters of a formula
DEEPEST = 60  # open brackets
DIGITS = 18  # of a whole number, and of its decimals
DECIMAL = frozenset("0123456789")
WORDS = {
    "且": "and",
    "或": "or",
    "非": "not",
    "在": "in",
    "不在": "not in",
    "and": "and",
    "or": "or",
    "not": "not",
    "in": "in",
}
MARKS = {
    "<=": "<=", ">=": ">=", "!=": "!=", "<>": "!=", "==": "==", "=": "==", "<": "<", ">": ">", "≤": "<=", "≥": ">=", "≠": "!=",
    "+": "+", "-": "-", "−": "-", "*": "*", "×": "*", "/": "/", "÷": "/", "(": "(", ")": ")", ",": ",", "、": ",",
}  # fmt: skip
DOUBLE, SINGLE = '"“”', "'‘’"


@dataclass(frozen=True, slots=True)
class Token:
    """``sort`` is name, number, text or mark; ``value`` the parts of a name, (amount, unit), the text, or Python's operator."""

    sort: str
    value: tuple[str, ...] | tuple[Fraction, str] | str
    at: int
    end: int

    @property
    def operand(self) -> bool:
        """Whether this is a value, not an operator."""
        return self.sort != "mark"


class Scanner:
    """Reads one formula; :meth:`tokens` gives its tokens with their places in the text."""

    def __init__(self, text: str) -> None:
        if len(text) > LIMIT:
            raise FormulaError(text[:40], LIMIT, f"公式太长，最多 {LIMIT} 个字")
        self.text = text
        self.plain = "".join(_plain(char) for char in text)  # same length as text
        self.at = 0

    def tokens(self) -> list[Token]:
        """All tokens; raises :class:`FormulaError` at the first character that has no place in a formula."""
        found: list[Token] = []
        while self.at < len(self.text):
            if self.plain[self.at].isspace():
                self.at += 1
                continue
            found.append(self._token())
        return found

    def _token(self) -> Token:
        char = self.plain[self.at]
        if char in DECIMAL:
            return self._number()
        if char in DOUBLE or char in SINGLE:
            return self._text(DOUBLE if char in DOUBLE else SINGLE)
        if char == "【" or _letter(char):
            return self._name()
        return self._mark()

    def _fail(self, at: int, fault: str) -> FormulaError:
        return FormulaError(self.text, at, fault)

    def _mark(self) -> Token:
        start = self.at
        for size in (2, 1):
            mark = self.plain[start : start + size]
            if mark in {"**", "//"}:
                raise self._fail(start, f"公式里不能用“{mark}”")
            if len(mark) == size and mark in MARKS:
                self.at += size
                return Token("mark", MARKS[mark], start, self.at)
        char = self.text[start]
        if char == "%":
            raise self._fail(start, "“%”只能紧跟在数字后面")
        shown = f"“{char}”" if char.isprintable() else f"看不见的字符(U+{ord(char):04X})"
        raise self._fail(start, f"公式里不能用{shown}，名称里有它时整个名称写在【】里")

    def _run(self, at: int) -> int:
        """Where the letters and digits that begin at ``at`` end."""
        while at < len(self.plain) and _letter(self.plain[at]):
            at += 1
        return at

    def _name(self) -> Token:
        start, parts = self.at, []
        while True:
            if self.plain[self.at : self.at + 1] == "【":
                close = self.text.find("】", self.at)
                if close == -1:
                    raise self._fail(self.at, "“【”没有配对的“】”")
                part, self.at = self.text[self.at + 1 : close].strip(), close + 1
                bracketed = True
            else:
                end = self._run(self.at)
                part, self.at, bracketed = self.text[self.at : end], end, False
            if not part:
                raise self._fail(self.at, "这里少了一个名称")
            parts.append(fold_name(part))
            if self.plain[self.at : self.at + 1] != ".":
                break
            self.at += 1
        if len(parts) == 1 and not bracketed and parts[0] in WORDS:
            return Token("mark", WORDS[parts[0]], start, self.at)
        return Token("name", tuple(parts), start, self.at)

    def _number(self) -> Token:
        start = self.at
        self._digits()
        if self.plain[self.at : self.at + 1] == ".":
            self.at += 1
            if not self._digits():
                raise self._fail(self.at, "小数点后面少了数字")
        digits = self.plain[start : self.at]
        if max(map(len, digits.split("."))) > DIGITS:
            raise self._fail(start, f"数太长，整数和小数最多各 {DIGITS} 位")
        if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
            raise self._fail(start, f"数不能以 0 开头，也不写千分位的逗号：“{digits}”")
        return Token("number", (Fraction(digits), self._unit()), start, self.at)

    def _digits(self) -> bool:
        """Pass over digits; whether there were any."""
        start = self.at
        while self.plain[self.at : self.at + 1] in DECIMAL:
            self.at += 1
        return self.at > start

    def _unit(self) -> str:
        """The unit that directly follows a number: 亩, 万元, %, 万元/亩; "" for none."""
        start = self.at
        end = start + 1 if self.plain[start : start + 1] in {"%", "‰"} else self._run(start)
        if end == start:
            return ""
        if find_unit(self.text[start:end]) is None:
            glued = next((word for word in ("且", "或", "在", "不在") if self.text.startswith(word, start)), "")
            hint = f"；“{glued}”前后要空一格" if glued else ""
            raise self._fail(start, f"“{self.text[start:end]}”不是计量单位{hint}")
        per = self._run(end + 1)
        follows = self.plain[per : per + 1]
        if (
            self.plain[end : end + 1] == "/"
            and follows not in {".", "("}
            and find_unit(self.text[start:per]) is not None
        ):
            end = per
        self.at = end
        return self.plain[start:end]

    def _text(self, quotes: str) -> Token:
        start = self.at
        for close in range(start + 1, len(self.text)):
            if self.plain[close] in quotes:
                self.at = close + 1
                return Token("text", self.text[start + 1 : close], start, self.at)
        raise self._fail(start, "引号没有配对")


def _plain(char: str) -> str:
    """A character as operators and digits are written: full-width ones become half-width (² and ② do not become 2)."""
    return normalize("NFKC", char) if decomposition(char).startswith("<wide>") else char


def _letter(char: str) -> bool:
    return char.isalnum() or char in "_㎡²"
