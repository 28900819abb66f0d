"""Tecum: discovery requests from draft to order."""
