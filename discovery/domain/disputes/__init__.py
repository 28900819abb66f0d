"""Disputes: what a letter or motion starts from, its sides and limits, its readiness, and what the court said."""
