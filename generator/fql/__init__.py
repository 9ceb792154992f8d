"""FQL, the language of conditions: text to a tree of the model, with columns."""
