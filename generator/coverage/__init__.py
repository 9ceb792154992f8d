"""What the fixtures of a mapping have exercised: routes, conditions, fallbacks, errors."""
