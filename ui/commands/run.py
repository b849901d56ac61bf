"""Running one command: parse, do, and say what went wrong."""

from __future__ import annotations

from collections.abc import Sequence

from ui.commands.output import WRONG, Stop, say
from ui.commands.parser import parser


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. What goes wrong is told on standard error, in Chinese, one line each."""
    try:
        options = parser().parse_args(list(arguments))
        return int(options.run(options))
    except Stop as stop:
        say(str(stop))
        return stop.code
    except BrokenPipeError:
        return WRONG
