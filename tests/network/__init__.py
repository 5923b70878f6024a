"""Tests of networks, measures and reports."""
