"""What every command needs first: the data file, the zone and the report period asked for."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.packs.pack import pack
from models.packs.tables import BadPack
from models.periods import Period
from models.store.batches import Refused
from models.store.faults import EnvironmentFault
from models.store.file import DataFile
from models.store.zones import UnknownZone, pick, scope
from ui.commands.output import Stop, stopping
from ui.folders import default_file
from ui.reporting import Asked


def data_path(options: argparse.Namespace) -> Path:
    """The data file asked for, else the one in the user's data folder."""
    if options.data and "://" in options.data:
        raise Stop("还不能用数据库服务器,请用 --data 指定一个文件")
    return Path(options.data) if options.data else default_file()


@contextmanager
def opened(options: argparse.Namespace, *, write: bool = False, create: bool = False) -> Iterator[DataFile]:
    """The data file, open; a missing one is an error unless ``create``."""
    path = data_path(options)
    if not create and not path.exists():
        raise Stop(f"还没有数据文件“{path}”,请先新建:init --zone 代码 --name 名称")
    with stopping(EnvironmentFault, Refused, UnknownZone):
        path.parent.mkdir(parents=True, exist_ok=True)
        with DataFile(path, read_only=not write) as file:
            if write and file.read_only:
                holder = file.lock.holder
                raise Stop(f"“{path.name}”正由 {holder} 编辑,请等那边关闭后再试" if holder else f"“{path.name}”不能写")
            yield file


def asked(file: DataFile, options: argparse.Namespace) -> Asked:
    """What the options of a return's command mean."""
    with stopping(UnknownZone, BadPack), file.reading() as connection:
        zone = pick(connection, options.zone)
        return Asked(zone, scope(connection, zone, own=options.own), period(options.period), pack(options.pack))


def period(text: str) -> Period:
    """A report period, or the end of the command."""
    with stopping(ValueError):
        return Period.parse(text)
