"""Parts of the contract that `backend.contract.protocol` puts together."""
