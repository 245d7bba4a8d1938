"""Rounds, applications, visits, resolutions and certificates (การรับรองมาตรฐาน)."""
