"""Code4Health Tutor: an unofficial, offline desktop tutor for doctors who are learning to program."""

__version__ = "0.1.0"

#: The product's name, wherever a person reads it.
NAME = "Code4Health Tutor"

#: Stands wherever the name stands: nobody has endorsed this.
UNOFFICIAL = "unofficial"

#: First line of every export, and the banner of the window (content blueprint, section 2.3).
LEARNING_BANNER = "Learning exercise. Not for clinical use. All people and numbers are invented."
