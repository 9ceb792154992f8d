"""Runs functions in the embedded V8 as Segment would."""
