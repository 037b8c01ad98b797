"""Campaigns as staff start, watch and look back at them; a folder a kind."""
