"""Commands of certification (คำสั่ง)."""
