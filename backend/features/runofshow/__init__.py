"""The run of show: the steps of a live session, planned before it and followed during it."""
