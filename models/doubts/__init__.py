"""疑点: what no rule of a pack asks, told beside the audit and never in the way of issuing.

A figure of another magnitude than last year's, one far from its peers, enterprises that look like one, one figure told differently
in two returns. Each may be switched off and its thresholds changed, with a trace (docs/decisions/0015-doubts.md).
"""
