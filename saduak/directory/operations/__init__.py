"""What changes the directory, one deed per function, by noun."""
