"""Findings about a hand-written function, made by running it."""
