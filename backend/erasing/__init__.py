"""Takes the names and words of who asked to be erased out of the rooms' logs and all that is kept beside."""
