"""Server-sent events from the journal (ข้อมูลสด)."""
