"""The course as data: YAML files become frozen records, and every mistake in them a problem with its place."""
