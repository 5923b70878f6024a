"""Networks too large for one machine: the same folding and the measures that make sense there, on Apache Spark.

Everything is written as operations on data frames, so workers need Spark alone and no Python. Measures that follow
shortest paths from every node are left to one machine's engines: on a cluster they cost more than they tell.
"""
