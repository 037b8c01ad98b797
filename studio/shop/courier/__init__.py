"""Courier files: what is to be sent goes out as a table, and tracking numbers come back in one."""
