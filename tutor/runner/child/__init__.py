"""What runs in the learner's process. Imports nothing of ours from outside this folder; started by path (`start.py`)."""
