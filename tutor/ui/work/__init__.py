"""The right half: where the learner does something, one file for each kind of step."""
