"""The criteria library, versioned (เกณฑ์มาตรฐาน)."""
