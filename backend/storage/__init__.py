"""What is kept on disk: the database, its tables and how they changed over time."""
