"""Everything that happens at a front desk, each module by its noun."""
