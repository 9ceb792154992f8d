"""The page, the shipped helpers and the providers."""
