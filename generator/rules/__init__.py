"""What a careful colleague would raise: one function is one rule."""
