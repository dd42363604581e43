"""`tutor`: the window, and (as from source) every verb of the command line."""

import sys

from tutor.__main__ import main

sys.exit(main())
