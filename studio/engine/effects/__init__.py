"""Effects on the sources' pictures, and the thread that runs them."""
