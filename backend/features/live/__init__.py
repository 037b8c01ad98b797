"""The live session: on air, paused, ended, and who publishes."""
