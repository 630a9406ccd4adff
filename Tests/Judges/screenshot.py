"""Pictures of a packet: every HTML file on a wide screen, and every printed page.

.venv/bin/python Tests/Judges/screenshot.py PACKETDIR OUTDIR"""

import subprocess
import sys
from pathlib import Path

from browser import chromium


def pictures(packet, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for file in sorted(packet.glob("*.html")):
            with browser.open(file) as page:
                page.page.screenshot(path=folder / f"{file.stem}-screen.png", full_page=True)
                pdf = folder / f"{file.stem}.pdf"
                page.print(pdf)
            subprocess.run(
                ["pdftoppm", "-r", "60", "-png", pdf, folder / f"{file.stem}-page"], check=True
            )
    return sorted(folder.glob("*.png"))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for picture in pictures(Path(sys.argv[1]), Path(sys.argv[2])):
        print(picture)
