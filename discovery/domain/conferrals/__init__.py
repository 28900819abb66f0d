"""Conferrals: who takes part, what was said on each request, what was promised, what was narrowed."""
