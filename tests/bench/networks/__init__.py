"""What networks cost: generated ties, our engines beside networkx, igraph and rustworkx."""
