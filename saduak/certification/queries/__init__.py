"""Reads across certification, shaped for pages and reports (การสืบค้น)."""
