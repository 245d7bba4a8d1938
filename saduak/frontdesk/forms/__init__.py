"""What people type at the front desk, each module by its noun."""
