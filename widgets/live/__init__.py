"""Widgets for going live, its state and its alarms."""
