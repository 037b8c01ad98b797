"""What the panels share: the theme, meters, forms, and small helpers."""
