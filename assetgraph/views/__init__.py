"""What people look at: maps of the same rows that answers hold; nothing else writes HTML."""
