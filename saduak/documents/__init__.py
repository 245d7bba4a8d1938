"""Letters and certificates as PDF (เอกสาร)."""
