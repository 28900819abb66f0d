"""The law as dated data, read by pure Python: nothing in here knows Django."""
