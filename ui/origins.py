"""来历: where the value of the field at hand came from, in words: typed by whom and when, which file, sheet and cell, last year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.fields import Field
from models.kinds import Raw, Stored
from models.store.origins import Origin
from ui.moments import when

BEFORE = 2  # earlier values told; 修改记录 has them all
TYPED, TAKEN, ROLLED = "录入", "导入", "结转"


def origin_told(field: Field, found: Sequence[Origin], *, carried: bool = False) -> str:
    """The lines beneath the form; "" for a field that never had a value."""
    if field.formula:
        return f"来历：{field.label}是算出来的（{field.formula}）"
    if not found or isinstance(found[0].value, bytes):
        return ""
    doubt = "，还没有确认" if carried else ""
    lines = [f"来历：{field.label} {_shown(field, found[0].value)}，{_how(found[0])}{doubt}"]
    lines += [f"之前：{_shown(field, each.value)}，{_how(each)}" for each in found[1 : 1 + BEFORE]]
    if len(found) > 1 + BEFORE:
        lines.append(f"更早还有 {len(found) - 1 - BEFORE} 次，看“修改记录”")
    return "\n".join(lines)


def _shown(field: Field, value: Stored) -> str:
    return "（空）" if value is None else f"“{value}”" if isinstance(value, Raw) else field.kind.show(value)


def _how(of: Origin) -> str:
    moment = f"{of.batch.who} {when(datetime.fromisoformat(of.batch.at))}"
    if of.file:
        place = " ".join(filter(None, (f"“{of.file}”", f"工作表“{of.sheet}”" if of.sheet else "", of.cell)))
        return f"{moment} 导入自 {place}"
    if of.batch.kind == TYPED:
        return f"{moment} {TYPED}"
    if of.batch.kind == ROLLED:
        return f"{moment} {of.batch.title.split('：')[-1].split(' ')[0]}带来（{of.batch.title}）"
    return f"{moment} {of.batch.title}"
