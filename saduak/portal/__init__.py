"""The home page, search, and each person's own work (หน้าแรก)."""
