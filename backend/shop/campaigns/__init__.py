"""Campaigns: armed by staff, moved on by time, decided in the order of receipt."""
