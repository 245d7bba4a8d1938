"""Commands of the operator (คำสั่งของผู้ดูแลระบบ)."""
