"""Procedures as tables of steps, in plain Python (ขั้นตอนการปฏิบัติงาน)."""
