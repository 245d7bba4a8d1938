"""Everything that changes keys and credentials (การดำเนินการกับกุญแจและหนังสือรับรอง)."""
