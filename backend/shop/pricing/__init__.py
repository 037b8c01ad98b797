"""What things cost: pure functions of lines and prices."""
