"""How a draft is shown while it is written, compared and mapped (หน้าจอร่างเกณฑ์)."""
