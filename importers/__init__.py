"""Files → ledgers. Floors, lower first: cells, csvtext, marks → reading → headers → matching → merge."""
