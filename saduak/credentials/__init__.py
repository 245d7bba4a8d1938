"""Credentials that anybody can verify anywhere, and the keys that sign them (หนังสือรับรองอิเล็กทรอนิกส์)."""
