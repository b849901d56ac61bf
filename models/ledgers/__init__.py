"""All ledgers of the program, in working order; a ledger file defines, this one only lists."""

from __future__ import annotations

from models.ledger import Ledger, nearest
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_CHANGE, ENTERPRISE_YEAR
from models.ledgers.exchange import EXCHANGE, EXCHANGE_PERSON
from models.ledgers.factory import FACTORY, FACTORY_LEASE
from models.ledgers.industry import CHAIN, CLUSTER, THEME_PARK
from models.ledgers.innovation import PLATFORM, QUALIFICATION, RD_TASK, TALENT, TW_BASE
from models.ledgers.investor import BIZ_EVENT, BIZ_OFFICE, INVESTOR, INVESTOR_VISIT
from models.ledgers.issue import ISSUE, LIAISON
from models.ledgers.land import PARCEL, PARCEL_USE, PARCEL_YEAR
from models.ledgers.land_use import ZONE_LAND
from models.ledgers.project import PROJECT, PROJECT_MONTH
from models.ledgers.reporting import AUDIT_CHOICE, AUDIT_NOTE, FIGURE_OVERRIDE, RETURN_BATCH, SHEET_ENTRY
from models.ledgers.taiwan import CAPITAL_IN, TW_ENTERPRISE
from models.ledgers.target import BENCHMARK, TARGET
from models.ledgers.youth import TW_YOUTH
from models.ledgers.zone import ZONE, ZONE_DOC, ZONE_INDUSTRY, ZONE_PILOT, ZONE_TITLE
from models.ledgers.zone_year import ZONE_PERIOD, ZONE_YEAR
from models.text import fold_name

LEDGERS: tuple[Ledger, ...] = (
    ZONE,
    ZONE_YEAR,
    ZONE_PERIOD,
    ZONE_INDUSTRY,
    ZONE_TITLE,
    ZONE_PILOT,
    ZONE_DOC,
    ENTERPRISE,
    ENTERPRISE_YEAR,
    ENTERPRISE_CHANGE,
    ECONOMY,
    ZONE_LAND,
    PARCEL,
    PARCEL_YEAR,
    PARCEL_USE,
    FACTORY,
    FACTORY_LEASE,
    PROJECT,
    PROJECT_MONTH,
    TW_ENTERPRISE,
    CAPITAL_IN,
    TW_YOUTH,
    EXCHANGE,
    EXCHANGE_PERSON,
    TW_BASE,
    PLATFORM,
    TALENT,
    RD_TASK,
    QUALIFICATION,
    INVESTOR,
    INVESTOR_VISIT,
    BIZ_OFFICE,
    BIZ_EVENT,
    ISSUE,
    LIAISON,
    THEME_PARK,
    CLUSTER,
    CHAIN,
    TARGET,
    BENCHMARK,
    SHEET_ENTRY,
    RETURN_BATCH,
    AUDIT_NOTE,
    AUDIT_CHOICE,
    FIGURE_OVERRIDE,
)
BY_ID: dict[str, Ledger] = {ledger.id: ledger for ledger in LEDGERS}
BY_NAME: dict[str, Ledger] = {fold_name(ledger.id): ledger for ledger in LEDGERS} | {
    fold_name(ledger.label): ledger for ledger in LEDGERS
}


def ledger(name: str) -> Ledger:
    """A ledger by Chinese label or English identifier; KeyError with a Chinese sentence naming the nearest one."""
    found = BY_NAME.get(fold_name(name))
    if found is None:
        raise KeyError(f"没有“{name}”这本台账{nearest(name, (each.label for each in LEDGERS))}")
    return found
