"""What changes for the people who receive messages: one function is one kind of change."""
