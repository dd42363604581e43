"""Guarding patients: finds text that looks like data of a real person, so that somebody can be asked before it goes anywhere.

Everything happens on this PC; nothing that was found is kept or logged. What is clearly invented (NHS numbers of the 999
range, ZZ99 postcodes and the people beside them) is never asked about.
"""
