"""Stories of the steering committee's secretary."""
