"""The rules, a file for each family. Rules are code; their words are in `wording.yaml`."""
