"""The broadcast's views: going live, its state, numbers, stream keys."""
