"""The directory as machines read it (ส่วนต่อประสานของทำเนียบ)."""
