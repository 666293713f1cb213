"""Benchmarks: a made-up state of any size as real input files, and what it costs to read, build, open and ask.

`python -m benchmarks --help` measures; `python -m benchmarks.make_state --help` only writes the files.
"""
