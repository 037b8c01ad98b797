"""The windows, their menus and hotkeys."""
