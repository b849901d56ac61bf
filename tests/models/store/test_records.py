"""What a batch did to a row, as the history keeps it: rows of figures are written another way and must read the same."""

from __future__ import annotations

import json
from random import Random

from models.kinds import Raw
from models.store.records import EDIT, Records, changed, same
from models.store.values import changes, dumps, pack


def written(old, new):
    records = Records()
    records.edited("ent_period", b"1" * 16, old, new)
    return [(entry["op"], entry["data"]) for entry in records.entries()]


def plainly(old, new):
    data = {
        n: [pack(old.get(n)), pack(v)] for n, v in new.items() if old.get(n) != v or type(old.get(n)) is not type(v)
    }
    return [(EDIT, dumps(data))] if data else []


def test_figures_and_blanks_are_told_as_any_values_are():
    chance = Random(5)
    values = [None, 0, 1, -7, 10**15, "文字", Raw("约5"), bytes(16), 'a"b', "100%", True]
    for _ in range(3000):
        kinds = values[: chance.choice([2, 5, len(values)])]
        names = ["rev", "gov", "a%b", '引"号'][: chance.randrange(5)]
        old = {name: chance.choice(kinds) for name in names if chance.random() < 0.9}
        new = {name: chance.choice(kinds) for name in names}
        assert written(old, new) == plainly(old, new), (old, new)
        wanted = {name: value for name, value in new.items() if not same(old.get(name), value)}
        assert changed(old, new) == wanted


def test_what_is_written_reads_again():
    ((_, text),) = written({"rev": None, "gov": 5}, {"rev": 12, "gov": None})
    assert json.loads(text) == {"rev": [None, 12], "gov": [5, None]}
    assert changes(text) == {"rev": (None, 12), "gov": (5, None)}
