"""Stories of the secretariat."""
