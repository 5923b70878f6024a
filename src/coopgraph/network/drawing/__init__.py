"""Drawings of a report as SVG: node positions, labels that do not overlap, and charts that survive grey printing.

Every coordinate is a whole number, so that equal reports give equal bytes.
"""
