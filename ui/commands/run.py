"""Running one command: parse, do, and say what went wrong."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from ui.commands.output import DONE, WRONG, Stop, flush, say, sentence
from ui.commands.parser import parser


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. What goes wrong is told on standard error, in Chinese, one line each."""
    _speak(as_data="--json" in arguments)
    try:
        _readable(arguments)
        options = parser().parse_args(list(arguments))
        code = int(options.run(options))
        flush()
    except Stop as stop:
        say(str(stop))
        return stop.code
    except SystemExit:  # how argparse ends when it has shown its help
        return DONE
    except BrokenPipeError:  # the reader, say head, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WRONG
    except KeyboardInterrupt:
        say("已中断，没做完的这一步没有写入")
        return WRONG
    except OSError as fault:  # a name too long, a disk pulled out: where nobody nearer has put it into words
        say(sentence(fault))
        return WRONG
    except Exception as fault:  # noqa: BLE001 - the outermost place: nobody after it would tell the person
        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        say(f"程序出错，这一步没有做完，请把这一行发给维护程序的人：{type(fault).__name__} {fault}（{where}）")
        return WRONG
    return code


def _speak(*, as_data: bool) -> None:
    """Let output pass that the terminal has no characters for; data for other programs is UTF-8 everywhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the program, as a scheduler may
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the program ends
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
            if as_data and stream is sys.stdout and not stream.isatty():
                stream.reconfigure(encoding="utf-8")


def _readable(arguments: Sequence[str]) -> None:
    for argument in arguments:
        if not argument.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in argument):
            shown = argument.encode("utf-8", "replace").decode("utf-8")
            raise Stop(f"“{shown}”里有读不出的字（不是 UTF-8），文件请改名，文字请重新输入")
