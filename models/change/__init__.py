"""Why a figure changed since last year: whose rows are still there, new, left, moved in or out, and what is a change of basis."""
