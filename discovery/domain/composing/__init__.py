"""Composing: rows -> snapshot, a module for each paper or family of papers. `composers` lists which papers there are."""
