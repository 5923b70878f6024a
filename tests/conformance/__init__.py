"""The W3C suites, put to a real server over HTTP.

`cases` reads the manifests, `performing` puts one case to a server, `exceptions.csv` says which may fail and why.
"""
