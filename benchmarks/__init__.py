"""How fast the library is, compared with its peers in the same run.

``python -m benchmarks`` measures everything and writes ``docs/benchmarks.md``; with ``--only
soundness`` it measures one section and prints it. ``python -m benchmarks.processes --walks 20`` and
``python -m benchmarks.ring`` are quick and need no peers. Figures are medians of several runs; what
counts is the ratio to what is measured beside them, because machines differ.
"""
