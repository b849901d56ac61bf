"""Files are written whole or not at all; what goes wrong is a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.store.faults import explain


def save(content: bytes, path: Path) -> None:
    """Write a workbook whole or not at all; OSError with a Chinese sentence when the place cannot be written."""
    with replacing(path) as fresh:
        fresh.write_bytes(content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to be written, which takes its place when the block ends; what was there stays until then.

    OSError with a Chinese sentence when the place cannot be written.
    """
    if path.is_dir():
        raise OSError(f"“{path}”是文件夹，请再写上文件名")
    fresh = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield fresh
        fresh.replace(path)
    except (FileExistsError, NotADirectoryError) as error:
        raise OSError(f"“{path.parent.name}”不是文件夹，请换一个地方") from error
    except PermissionError as error:
        raise OSError(f"“{path.name}”写不进去：可能正被 Excel 或 WPS 打开，请关掉它或换一个文件名") from error
    except OSError as error:
        told = explain(error, path) or f"“{path.name}”写不进去（{error.strerror}），请换一个文件名或地方"
        raise OSError(str(told)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
