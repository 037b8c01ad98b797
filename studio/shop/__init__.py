"""The products' views."""
