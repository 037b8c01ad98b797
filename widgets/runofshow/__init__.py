"""The run of show as staff see it: its steps in their order, and where the show is."""
