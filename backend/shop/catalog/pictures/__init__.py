"""Pictures that staff upload: encoded anew, kept by their content, and deleted when nothing shows them."""
