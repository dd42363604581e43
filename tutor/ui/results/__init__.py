"""What came of running and checking: output, advice, verdicts."""
