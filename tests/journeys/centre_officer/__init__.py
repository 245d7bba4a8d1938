"""Stories of an officer of a centre."""
