"""Dates: the deadlines that follow from a case, counted by its rules, kept, moved, fed to calendars and reminded of."""
