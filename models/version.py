"""The program's version: the one place where it is written. CHANGELOG.md says what each brought."""

VERSION = "0.4.0"
