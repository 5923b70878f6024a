"""Reports on networks."""
