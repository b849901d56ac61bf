"""A release of the program as a folder: its list of files with their sums, and the one file that carries it to another PC.

The list (清单.json) finds what was lost or damaged on the way; who made a release is told by the sum of the whole file, which
is published beside it (docs/release.md).
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import sys
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from models.progress import Progress, Steps
from models.store.faults import EnvironmentFault
from ui.folders import PROGRAM

LIST = "清单.json"
ENDING = ".tar.gz"


class BadRelease(EnvironmentFault):
    """The file or folder is no whole release for this PC; the message says what and how to go on (Chinese)."""


@dataclass(frozen=True)
class Release:
    """What the list of a release says."""

    version: str
    platform: str
    files: Mapping[str, str]

    @property
    def name(self) -> str:
        """The folder's name: 园区年报通-0.4.0."""
        return f"{PROGRAM}-{self.version}"

    @property
    def number(self) -> tuple[int, ...]:
        """The version, to be compared."""
        return tuple(int(part) for part in self.version.split("."))


def this_platform() -> str:
    """As releases name it: linux-x86_64, linux-aarch64, win32-AMD64."""
    return f"{sys.platform}-{platform.machine()}"


def digest(path: Path) -> str:
    """The SHA-256 sum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_list(folder: Path, version: str) -> Release:
    """List the files of a finished program folder."""
    places = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    files = {place: digest(path) for place, path in places.items() if place != LIST}
    told = {"program": PROGRAM, "version": version, "platform": this_platform(), "files": files}
    (folder / LIST).write_text(json.dumps(told, ensure_ascii=False, indent=0), encoding="utf-8")
    return Release(version, this_platform(), files)


def read_list(folder: Path) -> Release:
    """What a program folder says it is."""
    try:
        told = json.loads((folder / LIST).read_text(encoding="utf-8"))
        found = Release(str(told["version"]), str(told["platform"]), dict(told["files"]))
        if told["program"] != PROGRAM or not found.number:
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BadRelease(f"“{folder.name}”不是{PROGRAM}的程序文件夹（缺 {LIST}，或它读不出来）") from fault
    return found


def verify(folder: Path) -> Steps[Release]:
    """The release in ``folder``, every file read and as listed; BadRelease names those that are not."""
    release = read_list(folder)
    wrong = []
    for done, (place, expected) in enumerate(release.files.items()):
        if not done % 20:
            yield Progress(done, len(release.files), "核对文件")
        path = folder / place
        if not path.is_file() or digest(path) != expected:
            wrong.append(place)
    if wrong:
        raise BadRelease(
            f"程序文件不完整：{'、'.join(wrong[:3])}{' 等' if len(wrong) > 3 else ''}共 {len(wrong)} 个缺失或损坏，请重新取一份"
        )
    return release


def strangers(folder: Path, release: Release) -> list[str]:
    """Files below a program folder that are not its own: what a person put there."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(place for place in found if place not in release.files and place != LIST)


def unpack(file: Path, folder: Path) -> Steps[Release]:
    """Unpack a release's file into ``folder``, which is made, and verify it; nothing stays of one that is not right."""
    whole = False
    try:
        yield from _extract(file, folder)
        release = yield from verify(folder)
        if release.platform != this_platform():
            raise BadRelease(f"“{file.name}”是给 {release.platform} 的，这台电脑是 {this_platform()}，请取对应的那一份")
        whole = True
    finally:  # also when it is stopped on the way
        if not whole:
            shutil.rmtree(folder, ignore_errors=True)
    return release


def _extract(file: Path, folder: Path) -> Steps[None]:
    folder.mkdir(parents=True)
    size = file.stat().st_size
    try:
        with file.open("rb") as raw, tarfile.open(fileobj=raw, mode="r:gz") as archive:
            for count, member in enumerate(archive):
                if not count % 20:
                    yield Progress(raw.tell() // 1000, size // 1000, "解开")
                below = PurePosixPath(member.name).parts[1:]  # all lies in one folder
                if below:
                    member.name = str(PurePosixPath(*below))
                    archive.extract(member, folder, filter="data")  # nothing outside the folder, no devices, no owners
    except (tarfile.TarError, EOFError, OSError) as fault:
        if isinstance(fault, OSError) and not isinstance(fault, tarfile.TarError) and fault.errno:
            raise
        raise BadRelease(f"“{file.name}”打不开或没有拷完整，请重新取一份（应当是 {PROGRAM}-…{ENDING}）") from fault


def pack(folder: Path, file: Path) -> Path:
    """Write the one file of a release."""
    release = read_list(folder)
    with tarfile.open(file, "w:gz", compresslevel=6) as archive:
        archive.add(folder, release.name, filter=_nobody)
    return file


def _nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
