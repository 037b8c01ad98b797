"""Other platforms that get the broadcast, too."""
