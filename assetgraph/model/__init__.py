"""What there is: nodes, facts, sheets and words; it imports nothing of ours but errors."""
