"""Answers: the paper that answers a demand and what it says to each request."""
