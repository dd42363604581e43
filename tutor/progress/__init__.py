"""What was done: an append-only journal of events, drafts, and the state that they add up to.

`store.Store` is one learner's work, open in this window; it puts the rest together.
"""
