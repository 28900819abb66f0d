"""Data files: the demo case and the starter library."""
