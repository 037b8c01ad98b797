"""The desktop application: what runs, and in what order."""
