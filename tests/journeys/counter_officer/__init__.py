"""Stories of citizens."""
