"""Tests of the look, the forms and the message tooling."""
