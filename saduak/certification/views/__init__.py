"""What pages show, and what they pass on (หน้าเว็บการรับรอง)."""
