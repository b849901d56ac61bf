"""The one formula language of rules, indicators, targets, filters, derived fields and return cells (design.md §2; docs/公式.md).

``syntax`` reads the clerk's text, ``check`` gives it a meaning (names, kinds, units), ``build`` makes exact SQL of it, ``evaluate``
works out what stands outside set functions. What other rooms use: ``rows`` (row formulas), ``figures``, ``messages``, ``wide``.
"""
