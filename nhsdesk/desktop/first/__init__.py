"""What a new PCN file begins with on Today: three things that end in a sentence with a figure in it."""
