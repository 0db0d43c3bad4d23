"""How fast the library is, beside its peers, on one model in one run.

``python -m benchmarks`` writes ``docs/benchmarks.md``. Figures are medians of several runs; what
counts is the ratio to the floor, measured in the same run, because machines differ.
"""
