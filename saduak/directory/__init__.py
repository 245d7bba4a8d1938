"""Ministries, agencies, centres, provinces, bodies and memberships (หน่วยงานและศูนย์)."""
