"""Stories of heads of centres."""
