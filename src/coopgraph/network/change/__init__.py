"""Two networks side by side, and one over time: ranks that move, actors that enter and leave."""
