"""What tests lean on: the database, the clock, the browser, htmx."""
