"""Judging: what a program did, held against what the lesson expects. Starts no process: it is given `run`."""
