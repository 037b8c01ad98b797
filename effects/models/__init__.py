"""The networks: what they are, whether they are here, and what runs them."""
