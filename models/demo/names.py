"""Invented names: firms, persons, codes. None is taken from a list of real ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from models.uscc import ALPHABET, make

_FIRST = "岚朔屿砚澄沅岑砺棠霁衍枫逸禾榕泠昶弈翎澍璟珩煦峤汀笙陌郗"
_SECOND = "阳陌禾弈笙岑翎屿昶澍衡暄铎璟珩峤砚渠沐钦樾樊苒祁衿朔霖湄"
_THIRD = "尔达克宁德迈思诺科恒"
_SURNAMES = "陈林黄张李王吴刘蔡杨许郑谢郭洪曾邱廖赖徐"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CODES = 31**5


def firm_names(chance: Random) -> Iterator[str]:
    """Two or three invented characters, each combination once."""
    seen: set[str] = set()
    while True:
        name = chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice(("", "", _THIRD[chance.randrange(10)]))
        if name not in seen and name[0] != name[1]:
            seen.add(name)
            yield name


@dataclass(frozen=True)
class Naming:
    """Where the firms' names and codes are drawn from, each once; parks of one zone share it, so that none occurs twice."""

    names: Iterator[str]
    codes: Iterator[str]


def naming(region: str, seed: int) -> Naming:
    """The names of a seed, however many firms and years are made."""
    return Naming(firm_names(Random(f"names {seed}")), credit_codes(region))  # noqa: S311 - made-up data


def credit_codes(region: str) -> Iterator[str]:
    """Valid 统一社会信用代码 whose 组织机构代码 begin with DEM, as no registered one does."""
    return (credit_code(region, number) for number in range(1, _CODES))


def credit_code(region: str, number: int) -> str:
    """The code of that number; negative ones are those furthest from the firms'."""
    rest = ""
    left = number * 7_919_111 % _CODES  # spread, so that neighbours do not look alike; coprime, so that none repeats
    for _ in range(5):
        left, digit = divmod(left, 31)
        rest += ALPHABET[digit]
    return make("91", region, f"DEM{rest}")


def person(chance: Random) -> str:
    """A name nobody bears: 陈某甲."""
    return f"{chance.choice(_SURNAMES)}某{chance.choice(_STEMS)}"


def phone(number: int) -> str:
    """A number of the right length that cannot be dialled: no local number begins with 0."""
    return f"0797-0{number % 1_000_000:06}"


def permit(number: int) -> str:
    """A 台胞证 number of eight digits out of a run of zeros."""
    return f"{number:08}"
