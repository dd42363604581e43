"""What lesson writers need: the author bar, and beside the lesson its file, tests, checks and cases."""
