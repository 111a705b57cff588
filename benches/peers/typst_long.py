"""Sets every letter of a folder with typst, in one process that reads its fonts once."""

import pathlib
import sys

import typst

folder, fonts = sys.argv[1:]
compiler = typst.Compiler(root=folder, font_paths=[fonts], ignore_system_fonts=True)
for source in sorted(pathlib.Path(folder).glob("*.typ")):
    compiler.compile(input=str(source), output=str(source.with_suffix(".pdf")), pdf_standards=["ua-1"])
