"""The handful of faults planted in the made-up zone, each one a mistake that clerks do make, and what the audit finds of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from models.demo.firms import AT_HOME, Firm
from models.demo.records import LAST, Record, step
from models.demo.taiwan import rates
from models.ledger import Ledger
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_YEAR
from models.ledgers.taiwan import CAPITAL_IN, TW_ENTERPRISE
from models.ledgers.zone_year import ZONE_YEAR

_WAN = step("ent_period", "rev")
_SURGE = 2062  # ‰ of last year's 营业收入


@dataclass(frozen=True)
class Fault:
    """One planted fault. ``spoil`` makes the wrong row from the right one, None leaves it out; ``rules`` are what finds it, where."""

    ledger: Ledger
    field: str
    words: str
    rules: tuple[tuple[str, Ledger], ...]
    fits: Callable[[Firm], bool]
    spoil: Callable[[Record], Record | None]
    surge: bool = False


def _above(owner: str) -> Callable[[Firm], bool]:
    return lambda firm: firm.scale == "规上" and firm.owner == owner


FAULTS = (
    Fault(
        ECONOMY, "profit", "利润总额抄错，多了 90 万元", (("P002", ECONOMY),), _above("内资"),
        lambda row: row | {"profit": _number(row["profit"]) + 90 * _WAN},
    ),
    Fault(
        ECONOMY, "rev", "营业收入把千元当成万元，多了一位；开发区年度里的合计是对的",
        (("P013", ECONOMY), ("P014", ECONOMY), ("Y001", ZONE_YEAR), ("P006", ECONOMY)), lambda firm: firm.scale == "平稳",
        lambda row: row | {"rev": _number(row["rev"]) * 10},
    ),
    Fault(
        ECONOMY, "rev", "营业收入真的翻了一番，没有写说明", (("P014", ECONOMY),), _above("内资"), lambda row: row, surge=True,
    ),
    Fault(
        TW_ENTERPRISE, "third_name", "经第三地投资，没有填第三地名称", (("W003", TW_ENTERPRISE),),
        lambda firm: firm.taiwanese and firm.above_scale and firm.route not in AT_HOME,
        lambda row: row | {"third_name": None},
    ),
    Fault(
        ENTERPRISE, "up_date", "规上企业没有填首次入规年月", (("E013", ENTERPRISE_YEAR),), _above("港资"),
        lambda row: row | {"up_date": None},
    ),
    Fault(
        TW_ENTERPRISE, "ent", "标为台资，台资企业台账里漏了它", (("E010", ENTERPRISE_YEAR),),
        lambda firm: firm.route == "直接投资" and firm.scale == "规下", lambda row: None,
    ),
    Fault(
        CAPITAL_IN, "amt_usd", "人民币到资折美元时用了港元的汇率", (("W007", CAPITAL_IN),),
        lambda firm: firm.route == "境内台资企业再投资",
        lambda row: row | {"amt_usd": int(_number(row["amt_fc"]) * rates("港元", LAST)[0])},
    ),
)  # fmt: skip


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


class Planting:
    """Chooses a firm for each fault and spoils its row when it comes along.

    ``findings`` lists what the audit will find: rule, ledger, key and name of the row, the field that is wrong and why, and
    in which ``years``: in the last one only, or in each (历年), as what is wrong is of no year; ``several`` parks have it in all.
    """

    def __init__(
        self, firms: Iterable[Firm], zone: str, faults: Sequence[Fault] = FAULTS, *, several: bool = False
    ) -> None:
        self.zone, self.several = zone, several
        self.findings: list[dict[str, str]] = []
        self._waiting: dict[tuple[str, int], Fault] = {}
        self.firms = list(firms)
        taken: set[int] = set()
        for fault in faults:
            place = next(place for place, firm in enumerate(self.firms) if place not in taken and fault.fits(firm))
            taken.add(place)
            firm = self.firms[place]
            if fault.surge:
                self.firms[place] = replace(firm, growth=(*firm.growth[:-1], _SURGE))
            self._waiting[(fault.ledger.id, firm.number)] = fault

    def spoil(self, ledger: Ledger, firm: Firm, row: Record) -> list[Record]:
        """The row as it is written: itself, a wrong one, or none. Of several rows of a firm the first is spoiled."""
        fault = self._waiting.pop((ledger.id, firm.number), None)
        if fault is None:
            return [row]
        own = str(row["proof_no"]) if ledger is CAPITAL_IN else firm.uscc
        for rule, on in fault.rules:
            zone = on is ZONE_YEAR
            if zone and self.several:
                continue  # the sums of a main park are of all parks, which no rule of one park can add up
            self.findings.append(
                {
                    "rule": rule,
                    "ledger": on.label,
                    "key": self.zone if zone else own,
                    "name": self.zone if zone else firm.name,
                    "field": f"{ledger.label}.{ledger.by_id[fault.field].label}",
                    "cause": fault.words,
                    "years": str(LAST) if fault.ledger is ECONOMY else "历年",
                }
            )
        wrong = fault.spoil(row)
        return [] if wrong is None else [wrong]
