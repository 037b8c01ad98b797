"""The settings of the shop's own programs, beside the window."""
