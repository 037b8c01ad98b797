"""The HTTP API under /api/v1: declared endpoints, and the document written from their declarations."""
