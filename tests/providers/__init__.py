"""Every provider and action by the same rules: a new folder is tested without a new line."""
