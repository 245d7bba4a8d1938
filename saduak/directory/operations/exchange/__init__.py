"""Spreadsheets of the directory: their columns, the plan that a dry run shows, and the writing of it."""
