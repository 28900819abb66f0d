"""The matrix: every request with every stage of its life, what is done to many at once, and the story of one."""
