"""Flash sales in the studio."""
