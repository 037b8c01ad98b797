"""Between the room and the panel for the run of show."""
