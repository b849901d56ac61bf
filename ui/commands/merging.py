"""The command merge: a colleague's data file into this one, as the page 数据与备份 does it."""

from __future__ import annotations

import argparse

from models.progress import finish
from models.store.backup import BEFORE_MERGE, automatic
from models.store.batches import Refused
from models.store.faults import EnvironmentFault
from models.store.joining import OURS, THEIRS, Conflict, Joined, Plan, join, plan_of
from models.store.journal import label_of
from models.store.zones import pick
from ui.commands.opening import opened
from ui.commands.output import DONE, say, show, show_json, stopping


def merge(options: argparse.Namespace) -> int:
    """Merge a file, or only say what would come of it; every conflict is told with the side that stands."""
    with opened(options, write=not options.dry_run) as file, stopping(Refused, EnvironmentFault):
        with file.reading() as connection:
            zone = pick(connection, options.zone).code
        plan = finish(plan_of(file, zone, options.file))
        if options.conflicts != "later":
            plan.choices = {each.key: options.conflicts for each in plan.conflicts}
        joined = Joined(None, 0, ())
        if not options.dry_run and (plan.added or plan.changed or plan.conflicts):
            automatic(file.path, BEFORE_MERGE)
            joined = join(file, plan)
    if options.json:
        show_json(_told(plan, joined) | {"dry_run": options.dry_run})
        return DONE
    for line in [*plan.notes, *map(_sentence, plan.conflicts, map(plan.choice, plan.conflicts))]:
        say(line)
    for name, why in joined.kept:
        say(f"没有带入：{name}——{why}")
    counts = f"新增 {plan.added}，更新 {plan.changed}，相同 {plan.same}，只在本文件 {plan.only_ours}，冲突 {len(plan.conflicts)}"
    show(
        f"预览：{counts}"
        if options.dry_run
        else f"已合并“{options.file.name}”：{counts}；{joined.rows} 行有变化（undo 一步撤销）"
    )
    return DONE


def _sentence(conflict: Conflict, side: str) -> str:
    from_ours = side == OURS
    ledger, field = conflict.ledger, conflict.field
    what = "·".join(
        filter(None, (ledger.label, conflict.name, conflict.period, label_of(ledger, field) if field else "整行"))
    )
    sides = ((conflict.ours, conflict.our_mark, from_ours), (conflict.theirs, conflict.their_mark, not from_ours))
    told = [
        f"{'用' if taken else ''}{name} {text}（{mark or '不知何时'}）"
        for name, (text, mark, taken) in zip(("本文件", "同事"), sides, strict=True)
    ]
    return f"冲突 {what}：{'，'.join(told)}"


def _told(plan: Plan, joined: Joined) -> dict[str, object]:
    return {
        "new": plan.added, "updated": plan.changed, "same": plan.same, "only_here": plan.only_ours, "rows": joined.rows,
        "conflicts": [
            {"ledger": each.ledger.label, "name": each.name, "period": each.period, "field": each.field, "ours": each.ours,
             "theirs": each.theirs, "takes": plan.choice(each)} for each in plan.conflicts
        ],
        "notes": plan.notes, "kept": [list(each) for each in joined.kept],
    }  # fmt: skip


SIDES = ("later", OURS, THEIRS)
