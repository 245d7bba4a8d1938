"""How long it will take: the order rolled forward, worded honestly, and measured afterwards; plain arithmetic."""
