"""Sets every letter of a folder with typst, in one process."""

import pathlib
import sys

import typst

for source in sorted(pathlib.Path(sys.argv[1]).glob("*.typ")):
    typst.compile(
        source,
        output=source.with_suffix(".pdf"),
        font_paths=[sys.argv[2]],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
