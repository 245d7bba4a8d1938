"""Accounts and sign-in (ผู้ใช้งานระบบ)."""
