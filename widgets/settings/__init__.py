"""The settings dialog, hotkeys, and the about dialog."""
