"""What commands print: results on standard output (JSON when asked for), messages on standard error; and the exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unicodedata import east_asian_width

from models.store.faults import explain

DONE, BLOCKED, WRONG = 0, 1, 2


class Stop(Exception):
    """Ends a command with one sentence and an exit code."""

    def __init__(self, sentence: str, code: int = WRONG) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str) -> None:
    """One line on standard error."""
    print(" ".join(sentence.splitlines()), file=sys.stderr)


def show(text: str) -> None:
    """One line on standard output."""
    with _written():
        print(text)


def show_json(value: object) -> None:
    """The result as JSON on standard output."""
    show(json.dumps(value, ensure_ascii=False, indent=1))


def flush() -> None:
    """What was shown is written; what could not be is told."""
    with _written():
        sys.stdout.flush()


@contextmanager
def _written() -> Iterator[None]:
    """A result that cannot be written is no fault of what the command has done; a reader that has gone is none at all."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - or Python would complain once more at its end
        raise Stop(f"命令做完了，结果没有写出去（{fault.strerror}）：请检查输出到的文件和磁盘") from fault


def table(rows: Sequence[Sequence[str]]) -> None:
    """Rows in columns, Chinese characters counted as two."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        show("  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)).rstrip())


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


@contextmanager
def stopping(*faults: type[Exception]) -> Iterator[None]:
    """Turn faults whose message is a sentence for people into the end of the command."""
    try:
        yield
    except faults as fault:
        raise Stop(sentence(fault)) from fault


def sentence(fault: Exception) -> str:
    """What a fault says to people; the system's own errors are put into words here."""
    if isinstance(fault, KeyError) and fault.args:
        return str(fault.args[0])
    if isinstance(fault, OSError) and fault.errno is not None:
        path = Path(str(fault.filename or ""))
        return str(
            explain(fault, path) or f"“{path.name[:40]}”打不开或写不进去（{fault.strerror}），请换一个文件名或地方"
        )
    return str(fault)
