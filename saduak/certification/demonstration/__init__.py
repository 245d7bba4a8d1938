"""The round of 2563 in Lamphun, so that every stage has something to do (ข้อมูลสาธิต)."""
