"""Benchmarks: `python -m tests.benchmarks` prints the table that stands in docs/performance.md. Ratios of interleaved runs only."""
