"""How fast the library is, beside its peers, in one run.

``python -m benchmarks`` measures everything and writes ``docs/benchmarks.md``; with ``--only
soundness`` it measures one section and prints it. Figures are medians of several runs;
what counts is the ratio to what is measured beside it, because machines differ.
"""
