"""Commands on forms: send blank ones, take a folder of filled ones back."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

from importers.forms import is_form
from importers.merge.apply import Applied
from importers.merge.returned import save_all_returned
from importers.merge.together import NothingBack, Together, applying_all, gathering
from importers.reading import UnreadableFile
from models.progress import finish
from models.store.backup import automatic
from models.store.batches import Refused
from models.store.zones import UnknownZone, pick
from ui.commands.cells import written_by_people
from ui.commands.opening import apart, data_path, opened, output_path, period
from ui.commands.output import DONE, Stop, say, show, show_json, stopping
from ui.formwork import blank_file, blank_files
from ui.writing import replacing


def blank(options: argparse.Namespace) -> int:
    """A ledger's form, as one file or one for each enterprise."""
    ledger, when = written_by_people(options.ledger), period(options.period)
    target = options.output if options.each else output_path(options, ".xlsx")
    if options.each and target.is_file():
        raise Stop(f"“{target.name}”是文件；每家企业一个文件，请写一个文件夹")
    if options.each and target.suffix.lower() == ".xlsx":
        raise Stop(f"“{target.name}”像是文件名；每家企业一个文件，请写一个文件夹")
    with opened(options) as file, stopping(OSError, UnknownZone):
        with file.reading() as connection:
            zone = pick(connection, options.zone)
        write = blank_files if options.each else blank_file
        made = finish(write(file, ledger, zone.code, when, target, last_year=options.last_year))
    if options.each and not made.files:
        raise Stop(f"“{ledger.label}”里没有哪家企业的行，没有写出空表；去掉 --each 写一份总的")
    told = {"output": str(target), "files": made.files, "rows": made.rows}
    if options.json:
        show_json(told)
    else:
        show(f"已发空表：{ledger.label} {when.label}，{made.files} 个文件，{made.rows} 行，在“{target}”")
    return DONE


def comes_back(path: Path) -> bool:
    """Whether what is to be imported are forms of ours: a folder of them, or one."""
    if path.is_dir():
        return True
    with suppress(UnreadableFile):
        return is_form(path)
    return False


def import_forms(options: argparse.Namespace) -> int:
    """Take filled forms back: one preview, one batch."""
    _without_choice(options)
    only = written_by_people(options.ledger) if options.ledger else None
    if options.returned:
        apart(apart(options.returned, options.file, "要导入的文件"), data_path(options), "数据文件")
    with (
        opened(options, write=not options.dry_run) as file,
        stopping(NothingBack, UnreadableFile, Refused, UnknownZone),
    ):
        with file.reading() as connection:
            zone = pick(connection, options.zone)
        whole = finish(gathering(file, [options.file], zone.code, zone.short_name, only))
        if options.conflicts == "file":
            whole.take_all()
        done: Applied | None = None
        if not options.dry_run:
            automatic(file.path, "导入前")
            done = finish(applying_all(file, whole))
    batch = done.batch if done else None
    if options.json:
        show_json({**whole.to_json(), "batch": batch})
    else:
        show(sentence(whole, batch))
        for line in whole.lines():
            say(line)
    if options.returned and whole.counts.returned:
        with stopping(OSError), replacing(options.returned) as fresh:
            save_all_returned(whole.plans, fresh)
    return DONE


def _without_choice(options: argparse.Namespace) -> None:
    """Refuse the options for tables of others: our forms say themselves what these would choose."""
    if options.period:
        raise Stop(
            f"--period {options.period} 用不上：本程序发出的表里写着是哪个报告期；去掉它再导入，报告期不对的另发一份空表"
        )
    if options.sheet is not None:
        raise Stop(f"--sheet {options.sheet} 用不上：本程序发出的表自己记着数据在哪张工作表；去掉它再导入")


def sentence(whole: Together, batch: int | None) -> str:
    """What came of it, in one line."""
    counts = whole.counts
    parts = {
        "新增": counts.new, "更新": counts.updated, "相同": counts.same, "冲突": counts.conflicts, "退回": counts.returned,
    }  # fmt: skip
    fates = "，".join(f"{name} {count}" for name, count in parts.items() if count)
    done = f"已导入，第 {batch} 步（可一步撤销）" if batch else "没有写入"
    left = f"；{len(whole.left)} 个文件没有导入" if whole.left else ""
    return f"收回 {len(whole.files)} 个文件 {counts.rows} 行：{fates or '没有数据行'}；{done}{left}"
