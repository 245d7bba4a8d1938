"""Reads across the front desk, each module by its noun."""
