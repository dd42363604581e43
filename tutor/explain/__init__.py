"""Explaining in plain words what went wrong in a learner's program, or what looks wrong in it."""
