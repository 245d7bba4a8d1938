"""What a centre does for people: its services and the lines in which people wait for them (คู่มือสำหรับประชาชน)."""
