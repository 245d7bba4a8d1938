"""Who may use which page, as tables that can be read (สิทธิการเข้าถึง)."""
