"""The program without a window: ``main.py COMMAND …`` for scripts, the province's nightly run and tests."""
