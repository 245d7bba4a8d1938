"""Seals over the journal: how they are made, and how tampering is found (ตราผนึก)."""
