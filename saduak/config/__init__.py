"""Settings, addresses, and the one place where packages meet (การตั้งค่าระบบ)."""
