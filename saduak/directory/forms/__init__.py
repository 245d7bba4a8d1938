"""What a person types in the directory, by noun."""
