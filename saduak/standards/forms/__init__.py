"""What the secretariat may type about the criteria (แบบกรอกเกณฑ์)."""
