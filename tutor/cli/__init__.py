"""The command line: one small file a verb, and never Qt."""
