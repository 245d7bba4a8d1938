"""Papers are searched, compared and looked at."""
