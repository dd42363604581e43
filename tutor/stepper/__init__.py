"""Step-through of a program (to come): the model of recorded steps and their reader."""
