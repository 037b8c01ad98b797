"""Red packets: split beforehand, claimed in the order of receipt, the rest given back."""
