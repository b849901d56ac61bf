"""The command ``correct``: put right the figures that a doubt takes for a slip of the unit, as F9 does in the window."""

from __future__ import annotations

import argparse

from models.doubts.doubt import put_right
from models.doubts.looking import doubts
from models.ledger import nearest
from models.store.batches import Refused, batch
from models.text import fold
from ui.commands.opening import asked, opened
from ui.commands.output import DONE, Stop, show, show_json, stopping


def correct(options: argparse.Namespace) -> int:
    """Make the correction of each doubt about one record, a step each that can be undone."""
    with opened(options, write=True) as file, stopping(Refused):
        what = asked(file, options)
        offered = [each for each in doubts(file, what.pack, what.zones, what.period).found if each.fix]
        wanted = [each for each in offered if fold(options.key) in (fold(each.title.key), fold(each.title.name))]
        if not wanted:
            near = nearest(options.key, [name for each in offered for name in (each.title.key, each.title.name)])
            raise Stop(f"“{options.key}”没有能更正的量级差错{near}；用 audit --doubts 看有哪些")
        titles = []
        for each in wanted:
            assert each.fix is not None
            with batch(file, each.zone, "更正", each.fix.title) as work:
                put_right(work, each)
            titles.append(each.fix.title)
    if options.json:
        show_json([each.to_json() for each in wanted])
    else:
        for title in titles:
            show(f"已{title}")
    return DONE
