"""A mapping as a picture and a table, for people who do not read YAML."""
