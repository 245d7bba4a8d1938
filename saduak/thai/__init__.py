"""Thai dates, calendars, numerals, text and identity numbers (ภาษาและปฏิทินไทย)."""
