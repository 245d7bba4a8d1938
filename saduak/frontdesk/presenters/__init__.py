"""How the front desk's facts are worded, each module by its noun."""
