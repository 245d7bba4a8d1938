"""Stories of those who assess."""
