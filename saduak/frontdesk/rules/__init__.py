"""Who is next, when somebody arrived, why somebody was before me, and when tickets are issued: plain arithmetic."""
