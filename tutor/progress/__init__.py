"""What was done: an append-only journal of events, drafts, and the state that they add up to."""
