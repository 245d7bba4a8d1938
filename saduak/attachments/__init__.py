"""Files, kept once under their content's hash (ไฟล์แนบ)."""
