"""What the service's answers cost beside those of other SPARQL servers on the same data, in the same run.

`python -m tests.bench.service` starts each server in turn, loads it with `wrk` and prints ratios.
"""
