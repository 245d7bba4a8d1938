"""The open platform of the Government Easy Contact Center programme (ศูนย์ราชการสะดวก)."""
