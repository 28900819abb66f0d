"""Privilege logs: their versions and entries, what is missing in them, challenges, claw-backs."""
