# Orca loads this file when it starts. It writes what Orca says to a file, one JSON string for each line, and disables Orca's own
# log, which slows Orca down.
import json
import os
import re

from orca import debug

# Matches a line of Orca's log, such as: SPEECH OUTPUT: 'Continue push button.'{'established': False}
_SPEECH = re.compile(r"SPEECH OUTPUT: '(.*)' ?(?:\{.*\})?", re.DOTALL)
_said = open(os.environ["LISTEN_SAID"], "a", buffering=1)


def _println(level, text="", timestamp=False, stack=False):
    found = _SPEECH.fullmatch(text)
    if found:
        _said.write(json.dumps(found[1].strip()) + "\n")


debug.println = _println
