"""Layouts, components and the words of the interface (หน้าตาและองค์ประกอบ)."""
