"""Widgets for assistants, invitations and the audit log."""
