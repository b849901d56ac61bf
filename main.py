"""园区年报通: no arguments → the window; a command → the same work without a window (design.md §4)."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the program; the exit code: 0 done, 1 the data has blocking errors, 2 wrong usage or unreadable input."""
    try:
        if len(sys.argv) > 1:
            # a command must not pay for loading the window, nor the window for loading the commands
            from ui.commands.run import run_command

            return run_command(sys.argv[1:])
        gc.disable()  # nothing that is loaded ever goes away; the window sweeps by itself (ui/sweeping.py)
        # loaded only for the window: it brings Qt, which what comes ahead is better loaded before
        from ui.ahead import load_qt

        load_qt()
        from ui.app import run  # as above

        return run()
    except KeyboardInterrupt:  # while still loading
        sys.stderr.write("已中断，什么都没有做\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
