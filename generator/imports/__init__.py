"""What exists already, read into mappings: Actions destinations and hand-written functions."""
