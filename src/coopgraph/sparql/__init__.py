"""The SPARQL protocol without I/O and without a framework: values in, values or errors out.

What a request asks for, over which dataset, in which format, and whether it may run at all.
"""
