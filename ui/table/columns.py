"""Which columns a ledger's table shows, read off its view: titles first, then figures with last year's beside them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from models.fields import Field
from models.formula.printed import how
from models.kinds import Choice, CreditCode, Day, Flag, Month, Quantity, Raw, Reference, Stored
from models.ledger import Time
from models.store.views import Column, Line, View
from ui.table.cells import Head

USUAL, ALL = "常用", "全部"
WIDE = 46  # characters on a line of a tip


@dataclass(frozen=True)
class Shown:
    """A column of the table: a field's value, last year's (``column.prior``) or the change against it (``growth``)."""

    column: Column
    growth: bool = False
    readonly: bool = False

    @property
    def field(self) -> Field:
        """The field shown."""
        return self.column.field

    @property
    def now(self) -> tuple[str, str, bool]:
        """The key of this year's value."""
        return self.column.ledger.id, self.field.id, False

    @property
    def before(self) -> tuple[str, str, bool]:
        """The key of last year's value."""
        return self.column.ledger.id, self.field.id, True

    def head(self) -> Head:
        """The heading."""
        field = self.field
        if self.growth:
            return Head("同比", "%", 62, True, f"{field.label}比上年增减")
        label = "上年" if self.column.prior else field.label
        return Head(label, field.unit, _width(field), field.kind.numeric, tip(field))


def _width(field: Field) -> int:
    """The least width, before anything is in the column."""
    match field.kind:
        case Quantity():
            return 66
        case Flag():
            return 60
        case Day() | Month() | Choice():
            return 90
        case CreditCode():
            return 154
        case Reference():
            return 180
        case _:
            return 110


def compared(view: View) -> tuple[str, ...]:
    """The fields that can stand beside last year's: the figures of a ledger whose rows carry a year."""
    return tuple(field.id for field in view.own.stored if view.own.dated and field.kind.numeric)


def readonly(view: View, column: Column) -> bool:
    """Whether a column cannot be typed into here: last year's, digests, what is worked out, and another ledger's names."""
    field = column.field
    return (
        column.prior
        or bool(field.digest or field.formula)
        or (view.base is not view.own and column.ledger is view.base)
    )


def why_readonly(column: Column) -> str:
    """What to tell somebody who types into a column that is read only."""
    if column.field.formula:
        return f"“{column.field.label}”由程序算出：{how(column.field)}"
    where = "上年数在上年的报告期里改" if column.prior else f"“{column.field.label}”在“{column.ledger.label}”台账里改"
    return f"这一列不能在这里改：{where}"


def tip(field: Field) -> str:
    """What a heading or label tells of its field when pointed at."""
    told = "　".join(filter(None, (field.label, field.help, field.clause)))
    return f"{told}\n{folded(f'由程序算出：{how(field)}')}" if field.formula else told


def folded(text: str) -> str:
    """A long text on lines of equal length, as a tip has no width of its own."""
    return "\n".join(text[place : place + WIDE] for place in range(0, len(text), WIDE))


def groups(view: View) -> list[str]:
    """What the column menu offers: the usual ones, all, and each section."""
    sections = dict.fromkeys(c.field.section for c in view.columns if c.field.section and not readonly(view, c))
    return [USUAL, ALL, *sections]


def name_of(shown: Shown) -> str:
    """A column as the settings name it."""
    kind = "growth" if shown.growth else "prior" if shown.column.prior else ""
    return "/".join(filter(None, (shown.column.ledger.id, shown.field.id, kind)))


def arrange(view: View, group: str, beside: tuple[str, ...], hidden: Collection[str] = ()) -> tuple[list[Shown], int]:
    """The columns of ``group`` in order, and how many of them (the titles) stay in place; ``beside`` have last year's.

    ``hidden`` are left out; if that were all of them, none is.
    """
    titles = [c for name in view.base.title for c in view.columns if c.ledger is view.base and c.field.id == name]
    rest = [c for c in view.everything if c not in titles and not c.prior and _belongs(c, group)]
    shown = [Shown(c, readonly=readonly(view, c)) for c in titles]
    for column in rest:
        shown.append(Shown(column, readonly=readonly(view, column)))
        if column.ledger is view.own and column.field.id in beside:
            prior = Column(column.ledger, column.field, True)
            shown += [Shown(prior, readonly=True), Shown(prior, growth=True, readonly=True)]
    left = [each for each in shown if name_of(each) not in hidden] or shown
    return left, sum(each.column in titles for each in left)


def _belongs(column: Column, group: str) -> bool:
    field = column.field
    if group == USUAL:
        often = "Q" if column.ledger.time is Time.PERIOD else ""
        return bool(field.required) and often in field.required and not field.digest
    return group in (ALL, field.section) and not field.digest  # a digest says nothing to people


def growth(now: Stored, before: Stored) -> str:
    """Change against last year in %, one place, half up; "—" where last year is empty or not positive, "" without this year."""
    if not isinstance(now, int) or isinstance(now, bool):
        return ""
    if not isinstance(before, int) or before <= 0:
        return "—"
    return f"{(Decimal(now - before) * 100 / Decimal(before)).quantize(Decimal('0.1'), ROUND_HALF_UP):,f}"


def shown_text(
    shown: Shown, values: dict[tuple[str, str, bool], Stored], titles: dict[tuple[str, str, bool], str]
) -> str:
    """The text of a column for a line's values."""
    if shown.growth:
        return growth(values.get(shown.now), values.get(shown.before))
    value = values.get(shown.column.key)
    if isinstance(shown.field.kind, Reference) and not isinstance(value, Raw):
        return titles.get(shown.column.key, "")
    return shown.field.kind.show(value)


def edit_texts(shown: Shown, lines: Sequence[Line]) -> list[str]:
    """The texts to start editing a column from, line by line."""
    if shown.growth:
        return [shown_text(shown, line.values, line.titles) for line in lines]
    key, edit = shown.column.key, shown.field.kind.edit
    if not isinstance(shown.field.kind, Reference):
        return [edit(line.values.get(key)) for line in lines]
    return [
        line.titles[key] if isinstance(value := line.values.get(key), bytes) and key in line.titles else edit(value)
        for line in lines
    ]
