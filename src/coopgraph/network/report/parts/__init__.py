"""What a report consists of: each part is a frozen value and the computation that makes it."""
