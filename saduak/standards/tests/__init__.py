"""Tests of the criteria library."""
