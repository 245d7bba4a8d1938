"""Clients of other systems, their tokens, and how they are answered (เครื่องที่เชื่อมต่อ)."""
