"""The spin wheel in the studio."""
