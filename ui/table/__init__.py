"""The table that answers to an Excel user's hands: cells, model, view, editors, clipboard."""
