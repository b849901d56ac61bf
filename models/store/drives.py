"""Whether a file lies on a network drive, where locks and the shared memory of SQLite's WAL do not hold.

https://www.sqlite.org/wal.html: "All processes using a database must be on the same host computer; WAL does not work over a
network filesystem."
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

_REMOTE = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|ncpfs|afs|9p|ceph|glusterfs|lustre|davfs2?|webdav|afpfs|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|s3fs|smbnetfs)"
)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_WINDOWS_REMOTE = 4


def network_mount(path: PurePosixPath, mounts: str) -> str:
    """The file system ("cifs", "nfs4" …) that ``path`` lies on when it is a remote one, else "".

    ``path`` is absolute without links; ``mounts`` is the text of /proc/mounts: device, mount point, type and options a line,
    blanks in names written \\040. Of mounts over one another the last holds.
    """
    found, deepest = "", -1
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = PurePosixPath(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), parts[1]))
        if path.is_relative_to(point) and len(point.parts) >= deepest:
            found, deepest = parts[2], len(point.parts)
    return found if _REMOTE.fullmatch(found) else ""


def on_network(path: Path) -> bool:
    """Whether the file at ``path``, there or not, is or would be on a network drive; False where the system does not say."""
    whole = path.resolve()
    if os.name == "nt":
        return _remote_on_windows(str(whole))
    mounts = Path("/proc/mounts")
    return mounts.exists() and bool(network_mount(PurePosixPath(whole), mounts.read_text("utf-8", "surrogateescape")))


def _remote_on_windows(path: str) -> bool:
    """A share written \\\\server\\share, or a drive letter that stands for one."""
    plain = not path.startswith(("\\\\?\\", "\\\\.\\"))
    if path.startswith("\\\\?\\UNC\\") or (plain and path.startswith("\\\\")):
        return True
    # only Windows has it
    import ctypes

    drive = path.removeprefix("\\\\?\\")[:3]
    return bool(ctypes.windll.kernel32.GetDriveTypeW(drive) == _WINDOWS_REMOTE)  # type: ignore[attr-defined]
