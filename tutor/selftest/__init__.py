"""The tutor proves itself on this PC: what IT runs after installing it."""
