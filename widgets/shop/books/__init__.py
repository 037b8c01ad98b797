"""The shop's books as its people see them: money that matches nothing, what differs, sums a day."""
