"""What is done with machines (การดำเนินการ)."""
