"""Packs: a return as data — parameters, indicators, rules, targets, sheets and cases in tables, the form in return.xlsx."""
