"""PostgreSQL as the platform asks it all day (ฐานข้อมูล)."""
