"""Notices from draft to arrival."""
