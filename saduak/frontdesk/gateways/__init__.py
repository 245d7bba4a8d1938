"""Machines outside the platform that a front desk speaks with, each with a simulator."""
