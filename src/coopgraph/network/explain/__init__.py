"""Open a rank: the ties, events, statements and facts that made it, and what it would take to change it."""
