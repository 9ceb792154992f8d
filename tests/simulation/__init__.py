"""Segment and Novu around the real generated file, in virtual time."""
