"""What every command needs first: the data file, the zone and the report period asked for."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.packs.pack import pack
from models.packs.tables import BadPack
from models.periods import Period
from models.store.backup import DAILY, automatic
from models.store.batches import Refused
from models.store.faults import EnvironmentFault, told
from models.store.file import DataFile
from models.store.zones import UnknownZone, pick, scope
from ui.asked import Asked
from ui.commands.output import Stop, stopping
from ui.folders import default_file


def data_path(options: argparse.Namespace) -> Path:
    """The data file asked for, else the one in the user's data folder."""
    if options.data is not None and not options.data.strip():
        raise Stop("--data 后面是空的，请写上数据文件")
    if options.data and "://" in options.data:
        raise Stop("还不能用数据库服务器，请用 --data 指定一个文件")
    return Path(options.data) if options.data else default_file()


@contextmanager
def opened(options: argparse.Namespace, *, write: bool | None = False, create: bool = False) -> Iterator[DataFile]:
    """The data file, open; a missing one is an error unless ``create``. ``write`` None: to write if that can be, else to read."""
    path = data_path(options)
    with stopping(EnvironmentFault, Refused, UnknownZone), told(path, system=False):
        there = there_is(path)
        if create:
            with told(path):
                path.parent.mkdir(parents=True, exist_ok=True)
        elif not there:
            raise Stop(f"还没有数据文件“{path}”，请先新建：init --zone 代码 --name 名称")
        with DataFile(path, read_only=write is False) as file:
            if write and file.read_only:
                holder = file.lock.holder
                told_why = file.notice or f"“{path.name}”不能写"
                raise Stop(f"“{path.name}”正由 {holder} 编辑，请等那边关闭后再试" if holder else told_why)
            if write and there:
                automatic(path, DAILY)
            yield file


def there_is(path: Path) -> bool:
    """Whether there is a file; an empty one is told apart, because opening it would make a data file of it."""
    with told(path):
        there = path.exists()
        if there and path.is_file() and not path.stat().st_size:
            raise Stop(f"“{path.name}”是空文件，不是数据文件；请选对文件，或删去它再新建")
        return there


def output_path(options: argparse.Namespace, *endings: str) -> Path:
    """The file asked for by -o: of a kind that can be written, and not the data file itself."""
    path = Path(options.output)
    if path.suffix.lower() not in endings:
        raise Stop(f"“{path}”要以 {' 或 '.join(endings)} 结尾")
    return apart(path, data_path(options), "数据文件")


def apart(path: Path, other: Path, what: str) -> Path:
    """``path``, which must not be ``other``: writing it would destroy that."""
    with told(path):
        if path.resolve() == other.resolve():
            raise Stop(f"“{path.name}”就是{what}，写进去就没有了，请另起一个名字")
    return path


def asked(file: DataFile, options: argparse.Namespace) -> Asked:
    """What the options of a return's command mean."""
    with stopping(UnknownZone, BadPack), file.reading() as connection:
        what, when = pack(options.pack), period(options.period)
        if when.form not in what.forms:
            written = "、".join(f"{when.year}{_WRITTEN[form]}" for form in what.forms)
            raise Stop(f"“{what.id}”不报 {when.label}，报告期请写成 {written}")
        zone = pick(connection, options.zone)
        return Asked(zone, scope(connection, zone, own=options.own), when, what)


_WRITTEN = {"Y": "", "H": "H1", "Q": "Q3", "M": "-09"}


def period(text: str) -> Period:
    """A report period, or the end of the command."""
    with stopping(ValueError):
        return Period.parse(text)
