"""Any SPARQL 1.1 service as a store, behind the same port as the embedded engine."""
