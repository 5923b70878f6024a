"""Networks for a service: each is computed in a process apart, within limits, and comes back as finished bytes."""
