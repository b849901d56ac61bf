"""Making the program that a person carries away: built from build.spec, tried, packed (docs/bundle.md)."""
