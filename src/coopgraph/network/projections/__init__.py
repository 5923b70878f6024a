"""Projections: named networks as data, the rules that fold them, and what a release says of them."""
