"""Buyers: by what they are known, and where their orders go."""
