"""Benchmarks: each measures against a floor or peer in the same run; ``python3 dev.py bench`` prints measured / goal."""
