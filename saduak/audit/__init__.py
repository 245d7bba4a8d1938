"""Who looked at what (บันทึกการเข้าถึงข้อมูล)."""
