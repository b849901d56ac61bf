"""The domain: fields, ledgers, store, formulas, indicators, audit, packs, returns. Knows no window and no file format."""
