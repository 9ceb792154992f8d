"""Diagnostics to text and machine formats: one file is one format."""
