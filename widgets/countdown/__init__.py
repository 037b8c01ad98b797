"""The host's countdown: the form that starts it and the box that shows it."""
