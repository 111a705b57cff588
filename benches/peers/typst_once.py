"""Sets one letter with typst: the process starts, sets one PDF, and ends."""

import pathlib
import sys

import typst

source = pathlib.Path(sys.argv[1])
typst.compile(
    source,
    output=source.with_suffix(".pdf"),
    font_paths=[sys.argv[2]],
    ignore_system_fonts=True,
    pdf_standards=["ua-1"],
)
