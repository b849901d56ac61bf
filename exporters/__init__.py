"""Ledgers and figures become files: the Excel return and its seal."""
