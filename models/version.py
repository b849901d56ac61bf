"""The program's version: the one place where it is written. CHANGELOG.md says what each brought."""

VERSION = "0.4.0"


def software() -> str:
    """The program's name and version, as the seal tells it."""
    return f"园区年报通 {VERSION}"
