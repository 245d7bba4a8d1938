"""A desk with a realistic day, loaded and played by the deeds that people do (ข้อมูลสาธิต)."""
