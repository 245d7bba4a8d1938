"""The criteria as machines read and draft them (ส่วนต่อประสานของเกณฑ์)."""
