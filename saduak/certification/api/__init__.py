"""Certification as machines read it and take part in it (ส่วนต่อประสานของการรับรอง)."""
