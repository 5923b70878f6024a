"""Random shortest paths between random nodes: what estimates of betweenness are made of."""
