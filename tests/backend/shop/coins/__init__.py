"""Tests of coins in the shop."""
