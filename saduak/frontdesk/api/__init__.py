"""The front desk as devices and others' systems reach it (ส่วนต่อประสานของจุดบริการ)."""
