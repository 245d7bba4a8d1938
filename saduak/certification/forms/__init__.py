"""What a person may type (แบบฟอร์มการรับรอง)."""
