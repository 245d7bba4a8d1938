"""How things of certification are worded and coloured (การแสดงผล)."""
