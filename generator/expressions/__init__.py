"""The value language: text to a tree of the model, with columns."""
