"""Model to JavaScript: literals and layout, expressions, the page."""
