"""Parts of the contract that `backend.messages` puts together."""
