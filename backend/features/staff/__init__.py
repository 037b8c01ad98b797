"""Assistants: invitations, rights, and when they end."""
