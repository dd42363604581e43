"""`tutor-cli`: the verbs alone, with a console, and without Qt."""

import sys

from tutor.cli.main import main

sys.exit(main())
