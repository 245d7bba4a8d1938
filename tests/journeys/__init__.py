"""Stories in a real Chromium, in Thai and by keyboard: one per person and procedure."""
