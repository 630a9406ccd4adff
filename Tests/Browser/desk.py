"""What a clerk starts from: a preview over copies of the edition and of a data file, which a test may change."""

import shutil
import signal
from contextlib import contextmanager
from pathlib import Path

from editions import flat
from packets import EDITION
from preview import Preview


class Desk(Preview):
    """`folder` holds `edition/` and, if there is one, the data file."""

    def __init__(self, folder, data=None, *options):
        folder = Path(folder)
        self.edition = folder / "edition"
        self.data = data and folder / data
        super().__init__(folder, *filter(None, [self.data]), "--edition", self.edition, *options)

    def crash(self):
        """As a fault or the system ends it: at once, and without a word."""
        self.process.kill()
        self.process.wait()

    def end(self):
        """As Ctrl-C ends it; one that has crashed is gone already."""
        if self.process.poll() == -signal.SIGKILL:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            # Thousands of packets take a while to be taken away.
            code = self.process.wait(timeout=60)
        finally:
            self.process.kill()
        self._reader.join(timeout=5)
        # Whatever is no line of the log is a complaint.
        complaints = [line for line in self.log if line.split()[0] not in ("GET", "POST")]
        assert (code, complaints) == (0, []), (code, complaints)


def place(folder, data=None):
    """Copies of the edition and of a data file: a sample's name, the text of a file, or nothing."""
    flat(folder / "edition", samples=False)
    if data is None:
        return None
    if data.endswith((".yaml", ".json")):
        shutil.copy(EDITION / "samples" / data, folder / data)
        return data
    (folder / "data.yaml").write_text(data, encoding="utf-8")
    return "data.yaml"


@contextmanager
def running(folder, data=None, *options, damage=None):
    """`damage(edition)` is done to the copy before the program starts."""
    name = place(folder, data)
    if damage:
        damage(folder / "edition")
    with Desk(folder, name, *options) as desk:
        yield desk
        desk.end()
