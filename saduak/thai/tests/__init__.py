"""Tests of the Thai toolbox."""
