"""Starts nhsdesk from a checkout and from a bundle."""

import sys

from nhsdesk.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
