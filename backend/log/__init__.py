"""The event log of a room: its entries and how they are stored."""
