"""Running a learner's program: one fresh process a run, contained, limited, and reported as a value."""
