"""What the log counts up to: numbers for the host, and the audit log."""
