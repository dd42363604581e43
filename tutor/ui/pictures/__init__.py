"""The picture book: every screen, driven on the real session, to be looked at and mended where it is not right."""
