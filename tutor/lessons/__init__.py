"""The course as data: YAML files become frozen dataclasses, and every mistake in them a problem with its place."""
