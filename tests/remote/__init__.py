"""coopgraph over real SPARQL services: releases are pushed there, served from there, and compared with the original."""
