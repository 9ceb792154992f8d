"""Tracking plans: what a team means to send, held against what its mappings take."""
