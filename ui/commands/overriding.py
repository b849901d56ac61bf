"""The command ``override``: a figure of a return put in place of the calculated one, listed, confirmed, withdrawn."""

from __future__ import annotations

import argparse
from datetime import date

from models.overridden import TO_CONFIRM
from models.reported import indicator_named
from models.returns import Frame, ReturnFigures
from models.store.batches import Refused, batch
from models.store.overrides import confirm, put_override, withdraw
from models.text import fold
from ui.commands.opening import asked, opened
from ui.commands.output import DONE, Stop, show, show_json, stopping


def override(options: argparse.Namespace) -> int:
    """List the overridden figures of a return, or change one."""
    changes = bool(options.item)
    if not changes and (options.value or options.why or options.withdraw or options.confirm):
        raise Stop("请用 --item 写上哪个指标")
    if options.value and (options.withdraw or options.confirm):
        raise Stop(f"--value 不能和 {'--withdraw' if options.withdraw else '--confirm'} 同时写")
    with opened(options, write=changes) as file, stopping(KeyError, ValueError, Refused):
        what = asked(file, options)
        with file.reading() as connection:
            figures = ReturnFigures(connection, what.pack, Frame(what.zone, what.period, {}), what.zones, date.today())
        if changes:
            of = indicator_named(what.pack, options.item)
            now, there = figures.calculated[of.id], figures.overrides.get(fold(of.id))
            if (options.withdraw or options.confirm) and there is None:
                raise Stop(f"“{of.name}”没有改过")
            with batch(file, what.zone.code, "改数", f"改数 {what.pack.id} {of.name}") as work:
                if options.withdraw and there:
                    withdraw(work, there)
                elif options.confirm and there:
                    confirm(work, there, now)
                else:
                    place = what.pack.id, what.period, of.id
                    put_override(work, *place, typed=options.value, why=options.why, calculated=now)
            with file.reading() as connection:
                frame = Frame(what.zone, what.period, {})
                figures = ReturnFigures(connection, what.pack, frame, what.zones, date.today())
    if options.json:
        show_json([each.to_json() for each in figures.overridden])
        return DONE
    for each in figures.overridden:
        show(each.sentence + TO_CONFIRM * each.open)
    if not figures.overridden:
        show("没有人工改数")
    return DONE
