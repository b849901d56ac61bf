"""What calamine leaves out of a sheet: error cells (it gives them as empty), per cent signs, formulas nobody calculated.

A percentage typed as 25 % is stored as 0.25 and only its number format says so; an error cell that came in as an empty
one would be a lost fault. One module per file kind; each reads only these few things, beside calamine's own reading.
"""
