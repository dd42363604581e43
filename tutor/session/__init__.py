"""The tutor without a face: open, edit, run, stop, check, hint, next; one subscriber."""
