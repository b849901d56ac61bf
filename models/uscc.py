"""统一社会信用代码 (GB 32100—2015), the 组织机构代码 inside it (GB 11714—1997) and the 15-digit 注册号 before it.

Eighteen characters of 0-9A-Z without I O S V Z: 登记管理部门, 机构类别, six digits of the registering office's 行政区划,
nine of the 组织机构代码, a check character. When in doubt a code is accepted: calling a lawful code wrong is the worse
fault. So 强制 (refused) is only what no issued code can be; what may have its reason is 核实.

The ten lines of mod 31 are our own: python-stdnum 2.2 refuses the lawful codes that begin with N, A or Y and takes 17 µs
a check character; the tests hold them against it. Its table of former 行政区划 and its ISO 7064 are used.

>>> validate(" 9136 0500 7165 7512 5f")
'91360500716575125F'
>>> is_valid("91360500716575125G")
False
>>> describe("91360500716575125F")
'市场监管（原工商）·企业，登记机关在江西省新余市，组织机构代码71657512-5'
"""

from __future__ import annotations

import re
from functools import cache
from operator import mul
from typing import Literal, NamedTuple

from models.codes import code_list
from models.text import clean, fold

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_NONE = 255  # the value of a character outside the alphabet
_VALUES = bytes(ALPHABET.find(chr(point)) % 256 for point in range(256))
_WEIGHTS = (*(pow(3, place, 31) for place in range(17)), 1)  # with the check character's own 1 the sum is 0 mod 31
_BODY_VALUES = bytes(int(chr(point), 36) if chr(point) in ALPHABET else _NONE for point in range(256))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LOOKS_LIKE = {"O": "数字0", "I": "数字1", "S": "数字5", "Z": "数字2"}
_NO_ENTERPRISE = {"11": "机关", "92": "个体工商户"}
_REGISTRATION = re.compile(r"[0-9]{15}|[0-9]{6}N[A-Z][0-9]{6}[0-9X]")  # N: 农民专业合作社
_SCIENTIFIC = re.compile(r"\d+(\.\d+E\+?|E\+)(?P<exponent>\d+)")

Level = Literal["", "核实", "强制"]


class Verdict(NamedTuple):
    """What is to be said of a code: its normal form, "" or 核实 or 强制, and why in one Chinese sentence."""

    canonical: str
    level: Level
    reason: str


class BadCode(ValueError):
    """No 统一社会信用代码; the message is a Chinese sentence that says what is wrong and how to go on."""


class WrongLength(BadCode):
    """Not 18 characters, or the digits have been lost in Excel."""


class WrongCharacter(BadCode):
    """A character that no code has, or a letter among the six digits of the 行政区划."""


class WrongCheckDigit(BadCode):
    """The last character does not fit the 17 before it."""


class UnknownAuthority(BadCode):
    """The first two characters are no 登记管理部门 and 机构类别."""


class UnknownRegion(BadCode):
    """There has never been such a province, or GB/T 2260 has no such numbers."""


def compact(text: str) -> str:
    """``text`` without spaces, hyphens, quotes and invisible characters, half-width and upper-case.

    What is then more than letters and digits is no code and comes back as typed, only cleaned.
    """
    if text.isalnum() and text.isascii():
        return text.upper()
    code = fold(text).replace("-", "")
    return code if code.isalnum() and code.isascii() else clean(text)


def check(text: str) -> Verdict:
    """What is wrong with a code (强制), or to be verified (核实), or nothing ("")."""
    code = compact(text)
    if fault := _fault(code):
        return Verdict(code, "强制", fault[1])
    remarks = _remarks(code)
    return Verdict(code, "核实" if remarks else "", "；".join(remarks))


def validate(text: str) -> str:
    """The normal form of a code, or a :class:`BadCode` where :func:`check` says 强制."""
    code = compact(text)
    if fault := _fault(code):
        kind, reason = fault
        raise kind(reason)
    return code


def is_valid(text: str) -> bool:
    """Whether :func:`validate` accepts the code."""
    return _fault(compact(text)) is None


def describe(text: str) -> str:
    """What a code tells about its owner, for a hint beside it; of a wrong code what is wrong."""
    code = compact(text)
    if fault := _fault(code):
        return fault[1]
    offices = code_list("登记管理部门")
    body = f"组织机构代码{code[8:16]}-{code[16]}"
    return f"{offices[code[0]].name}·{offices[code[:2]].name}，登记机关在{_place(code[2:8])}，{body}"


def make(authority: str, region: str, body: str) -> str:
    """A valid code of 2 + 6 + 8 characters with both check characters added: for made-up data and tests only.

    >>> make("91", "360700", "MA35T2X0")
    '91360700MA35T2X00K'
    """
    code = f"{authority}{region}{body}{_body_check(body)}"
    return validate(code + _check_character(code))


def gb11714_ok(body: str) -> bool:
    """Whether the last of the nine characters of a 组织机构代码 (digits 9 to 17 of the code) fits the others."""
    return len(body) == 9 and set(body) <= set(ALPHABET) and _body_check(body[:8]) == body[8]


def looks_destroyed(value: object) -> bool:
    """Whether a cell held a code that Excel has made a number of more than 15 digits: the rest is lost for good.

    >>> looks_destroyed("9.13605E+17"), looks_destroyed(913605007165751250.0), looks_destroyed("913605007165751250")
    (True, True, False)
    """
    if isinstance(value, str):
        found = _SCIENTIFIC.fullmatch(fold(value))
        return found is not None and int(found["exponent"]) >= 15
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**15


def is_old_registration(text: str) -> bool:
    """Whether ``text`` is a 15-digit 注册号 as licences bore before 2015; its own check digit need not fit.

    >>> is_old_registration("360500210008888"), is_old_registration("370681NA000276X")
    (True, True)
    """
    code = compact(text)
    return _REGISTRATION.fullmatch(code) is not None and len(set(code)) > 1


def check_registration(text: str) -> Verdict:
    """What is to be verified about a 注册号 (ISO 7064 MOD 11,10); older forms are kept, so nothing is 强制."""
    from stdnum.iso7064 import mod_11_10  # stdnum loads ssl and pydoc, 60 ms

    code = compact(text)
    if not is_old_registration(code):
        return Verdict(code, "核实", f"注册号一般为15位，这里是“{code}”，请对照旧营业执照核实")
    if code.isdigit() and not mod_11_10.is_valid(code):
        return Verdict(code, "核实", f"注册号“{code}”的末位校验码不符，请对照旧营业执照核实")
    return Verdict(code, "", "")


def _fault(code: str) -> tuple[type[BadCode], str] | None:
    """Why a compacted code can be no code at all, with the kind of exception."""
    if len(code) != 18:
        return WrongLength, _length_fault(code)
    values = code.encode("ascii", "replace").translate(_VALUES)
    if _NONE in values:
        return WrongCharacter, _character_fault(code, values.index(_NONE))
    if not code[2:8].isdigit():
        place = next(place for place in range(2, 8) if not code[place].isdigit())
        return (
            WrongCharacter,
            f"第3—8位是登记机关的区划代码，应为数字，第{place + 1}位却是“{code[place]}”，请对照营业执照改正",
        )
    if sum(map(mul, values, _WEIGHTS)) % 31:
        right = _check_character(code[:17])
        return (
            WrongCheckDigit,
            f"末位校验码按前17位应是“{right}”，现在是“{code[17]}”，多半抄错一位或颠倒两位，请对照营业执照改正",
        )
    if code[:2] not in _authorities():
        return UnknownAuthority, f"前两位“{code[:2]}”不是登记管理部门和机构类别的代码（企业是91），请对照营业执照改正"
    if _region_level(code[2:8]) == "强制":
        return UnknownRegion, f"第3—8位“{code[2:8]}”不是行政区划代码，没有这样的省或市，请对照营业执照改正"
    return None


def _length_fault(code: str) -> str:
    """What a code of another length than 18 is."""
    if not code:
        return "统一社会信用代码没有填"
    if looks_destroyed(code):
        return f"“{code}”是 Excel 的科学计数，后几位已经丢失，请按营业执照重新录入"
    if is_old_registration(code):
        return "这是15位的旧注册号，请填到“注册号”一栏，统一社会信用代码按营业执照填18位"
    if gb11714_ok(code):
        return "这是9位的组织机构代码，请按营业执照填18位的统一社会信用代码"
    return f"统一社会信用代码应为18位，这里是{len(code)}位，请对照营业执照改正"


def _character_fault(code: str, place: int) -> str:
    """What is wrong with a character outside the alphabet."""
    char = code[place]
    hint = f"，这里多半是{_LOOKS_LIKE[char]}" if char in _LOOKS_LIKE else ""
    return f"第{place + 1}位“{char}”不对，统一社会信用代码只用数字和大写字母，不用 I、O、S、V、Z{hint}"


def _remarks(code: str) -> list[str]:
    """What is to be verified about a possible code."""
    found = []
    right = _body_check(code[8:16])
    if right != code[16]:
        found.append(f"第9—17位组织机构代码的校验位按 GB 11714 应是“{right}”，现在是“{code[16]}”，请对照营业执照核实")
    if kind := _NO_ENTERPRISE.get(code[:2]):
        found.append(f"这是{kind}的代码，不是企业的，请核实是否该列入")
    if _region_level(code[2:8]):
        found.append(f"登记机关区划“{code[2:8]}”不在现行和历史的行政区划中，或为登记机关自编，请对照营业执照核实")
    return found


def _check_character(first: str) -> str:
    """The 18th character that goes with the 17 before it."""
    return ALPHABET[-sum(map(mul, first.encode().translate(_VALUES), _WEIGHTS)) % 31]


def _body_check(eight: str) -> str:
    """The ninth character of a 组织机构代码; letters count 10 to 35, those the code does without included."""
    return "0123456789X"[-sum(map(mul, eight.encode().translate(_BODY_VALUES), _BODY_WEIGHTS)) % 11]


@cache
def _authorities() -> frozenset[str]:
    return frozenset(code for code in code_list("登记管理部门") if len(code) == 2)


@cache
def _region_level(region: str) -> Level:
    """Abolished divisions are normal in codes issued before: "" for what is or was one, or is known as an office's own.

    强制 without such a province, or with digits 3 and 4 that GB/T 2260 gives to no prefecture (01—70, 90; 00 the
    province itself); else 核实, for offices of development zones have made numbers of their own.
    """
    divisions, offices = code_list("行政区划"), code_list("登记机关自编区划")
    if region in divisions or region in offices:
        return ""
    if not any(code[:2] == region[:2] for code in (*divisions, *offices)) or not (
        int(region[2:4]) <= 70 or region[2:4] == "90"
    ):
        return "强制"
    return "" if _former(region) else "核实"


def _place(region: str) -> str:
    """The name of a registering office's division, from the province down."""
    divisions = code_list("行政区划")
    if region in divisions:
        names = [above.name for above in divisions.ancestors(region) if above.name not in {"市辖区", "县"}]
        return "".join((*reversed(names), divisions[region].name))
    if region in code_list("登记机关自编区划"):
        return code_list("登记机关自编区划")[region].name
    return _former(region) or region


def _former(region: str) -> str:
    """The names of a division that has been abolished, or ""."""
    from stdnum import numdb  # stdnum loads ssl and pydoc, 60 ms; its table of 1980 to 2023 another 80

    names = [str(name) for _, part in numdb.get("cn/loc").info(region) for name in part.values()]
    return re.sub(r"\[[0-9-]*\]", "", "".join(names)) if len(names) == 2 else ""
