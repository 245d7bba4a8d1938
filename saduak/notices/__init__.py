"""The outbox of letters and messages (การแจ้งข่าว)."""
