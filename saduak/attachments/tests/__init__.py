"""Stored files, hostile and good."""
