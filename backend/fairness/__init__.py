"""What lets anybody check a draw: commitments, lists with a root, winners that follow from them."""
