"""Pages of the criteria (หน้าเกณฑ์)."""
