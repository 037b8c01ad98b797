"""Spin wheels: slots in an order fixed beforehand, taken in the order of receipt, the rest given back."""
