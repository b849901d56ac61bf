"""The command on what a zone decides about the rules of a return: switch one off or on, change a threshold, list what was decided."""

from __future__ import annotations

import argparse

from models.choices import Threshold, thresholds, told_choice, value_of
from models.doubts.kinds import BY_ID, HOME, THRESHOLDS, owners_of
from models.ledger import nearest
from models.packs.pack import Pack
from models.store.batches import batch
from models.store.choices import OFF, Choice, choices, choose
from models.store.file import DataFile
from models.substance import emptiness
from ui.asked import Asked
from ui.commands.opening import asked, opened
from ui.commands.output import DONE, Stop, show, show_json


def decide(options: argparse.Namespace) -> int:
    """Decide about one rule or threshold, saying why; without one, list what was decided."""
    wants = bool(options.item)
    if not wants and (options.off or options.on or options.value or options.why):
        raise Stop("要写明是哪一条：--item 规则编号或阈值名称")
    with opened(options, write=wants) as file:
        what = asked(file, options)
        if wants:
            _decide(file, what, options)
        with file.reading() as connection:
            said = list(choices(connection, what.zone.code, (*what.pack.chain, HOME)).values())
    if options.json:
        show_json([each.to_json() for each in said])
    else:
        for each in said:
            show(f"{told_choice(each)}：{each.why}（{each.who} {each.at[:16].replace('T', ' ')}）")
        if not said:
            show("没有停用规则，也没有改过阈值")
    return DONE


def _decide(file: DataFile, what: Asked, options: argparse.Namespace) -> None:
    if sum((options.off, options.on, bool(options.value))) != 1:
        raise Stop("要写一样：--off 停用、--on 恢复，或 --value 阈值的新值")
    if fault := emptiness(options.why):
        raise Stop(f"--why 要写明理由：{fault}")
    value = _value(what.pack, options)
    name = options.item
    with batch(file, what.zone.code, "审核设置", told_choice(Choice(b"", name, value, options.why))) as work:
        choose(work, owners_of(what.pack, name), name, value, options.why)


def _value(of: Pack, options: argparse.Namespace) -> str:
    """What is to be kept for the item: 停用, the threshold's new value, "" as in the pack. Raises Stop."""
    there = {each.name: each for each in (*thresholds(of), *THRESHOLDS)}
    rules = {rule.id for rule in of.rules} | BY_ID.keys()
    if options.item not in rules | there.keys():
        raise Stop(f"“{of.id}”里没有“{options.item}”这条规则或阈值{nearest(options.item, [*rules, *there])}")
    if options.on:
        return ""
    if options.off and options.item not in rules:
        raise Stop(f"“{options.item}”是阈值，不能停用；改它的值用 --value")
    return OFF if options.off else _changed(of, there.get(options.item), options)


def _changed(of: Pack, threshold: Threshold | None, options: argparse.Namespace) -> str:
    if threshold is None:
        raise Stop(f"“{options.item}”是规则，没有值；停用用 --off")
    try:
        return value_of(threshold, options.value, of)
    except ValueError as error:
        raise Stop(str(error)) from None
