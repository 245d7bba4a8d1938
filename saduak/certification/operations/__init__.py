"""Everything that changes something in certification, one function a deed (การดำเนินการ)."""
