"""Measurements, and the generator of the data they run on.

Nothing here says whether the product is right, apart from the tests of the generator itself.
"""
