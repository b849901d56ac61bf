"""What a file lies on: a network drive, where locks and the shared memory of SQLite's WAL do not hold; a medium that can be pulled out.

https://www.sqlite.org/wal.html: "All processes using a database must be on the same host computer; WAL does not work over a
network filesystem."
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_REMOTE = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|ncpfs|afs|9p|ceph|glusterfs|lustre|davfs2?|webdav|afpfs|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|s3fs|smbnetfs)"
)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_PLUGGED = ("/media", "/run/media")  # where desktops put what is plugged in
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4


@dataclass(frozen=True)
class Mount:
    """One mounted file system: its device, where it is mounted, of which type."""

    device: str
    point: PurePosixPath
    type: str


def mount_of(path: PurePosixPath, mounts: str) -> Mount | None:
    """The file system ``path`` lies on; of mounts over one another the last holds.

    ``path`` is absolute without links; ``mounts`` is the text of /proc/mounts: device, mount point, type and options a line,
    blanks in names written \\040.
    """
    found, deepest = None, -1
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = PurePosixPath(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), parts[1]))
        if path.is_relative_to(point) and len(point.parts) >= deepest:
            found, deepest = Mount(parts[0], point, parts[2]), len(point.parts)
    return found


def network_mount(path: PurePosixPath, mounts: str) -> str:
    """The file system ("cifs", "nfs4" …) that ``path`` lies on when it is a remote one, else ""."""
    found = mount_of(path, mounts)
    return found.type if found and _REMOTE.fullmatch(found.type) else ""


def plugged_mount(path: PurePosixPath, mounts: str, blocks: Path = Path("/sys/class/block")) -> bool:
    """Whether ``path`` lies on a memory stick or the like: the kernel calls its device removable, or the desktop mounted it."""
    found = mount_of(path, mounts)
    if found is None:
        return False
    device = blocks / PurePosixPath(found.device).name
    marks = [device / "removable", device.resolve().parent / "removable"]  # a partition's disk is its parent
    if found.device.startswith("/dev/") and any(mark.is_file() and mark.read_text().strip() == "1" for mark in marks):
        return True
    return any(found.point.is_relative_to(place) for place in _PLUGGED)


def on_network(path: Path) -> bool:
    """Whether the file at ``path``, there or not, is or would be on a network drive; False where the system does not say."""
    whole = path.resolve()
    if os.name == "nt":
        return _remote_on_windows(str(whole))
    return bool(network_mount(PurePosixPath(whole), _mounts()))


def on_removable(path: Path) -> bool:
    """Whether the file at ``path`` is or would be on a medium that can be pulled out; False where the system does not say."""
    whole = path.resolve()
    if os.name == "nt":
        return _type_on_windows(str(whole)) == _WINDOWS_REMOVABLE
    return plugged_mount(PurePosixPath(whole), _mounts())


def _mounts() -> str:
    mounts = Path("/proc/mounts")
    return mounts.read_text("utf-8", "surrogateescape") if mounts.exists() else ""


def _remote_on_windows(path: str) -> bool:
    """A share written \\\\server\\share, or a drive letter that stands for one."""
    plain = not path.startswith(("\\\\?\\", "\\\\.\\"))
    if path.startswith("\\\\?\\UNC\\") or (plain and path.startswith("\\\\")):
        return True
    return _type_on_windows(path) == _WINDOWS_REMOTE


def _type_on_windows(path: str) -> int:
    # only Windows has it
    import ctypes

    drive = path.removeprefix("\\\\?\\")[:3]
    return int(ctypes.windll.kernel32.GetDriveTypeW(drive))  # type: ignore[attr-defined]
