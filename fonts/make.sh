#!/bin/sh
# Makes the embedded fonts from Debian's `fonts-noto-core` (20201225) with fonttools (4.68).
#
#   fonts/make.sh [FOLDER WITH THE NOTO FONTS]
#
# Same packages in, same bytes out: names and dates are copied from the sources, hints are dropped
# (a letter is printed or shown large) and every layout feature a script needs is kept.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
from=${1:-/usr/share/fonts/truetype/noto}

# Marks and punctuation that every script's paragraphs share, so that a run does not change font
# at a comma: space, no-break space, ZWNJ, ZWJ, direction marks, dotted circle.
shared="U+0020-007E,U+00A0,U+00AB,U+00BB,U+200C-200F,U+2010-2015,U+2018-201E,U+2026,U+25CC"

# Latin with Vietnamese, IPA letters and combining marks; Greek; Cyrillic; punctuation,
# super- and subscripts, currency, letterlike signs and number forms. Code points that a source
# font lacks are passed over; arrows, mathematics and check boxes come from two fonts of their own.
european="U+0020-007E,U+00A0-024F,U+0250-02FF,U+0300-036F,U+0370-03FF,U+0400-052F,\
U+1E00-1EFF,U+1F00-1FFF,U+2000-200F,U+2010-2027,U+2030-205E,U+2060,U+2070-209C,U+20A0-20C0,\
U+2100-214F,U+2150-218B,U+2C60-2C7F,U+A640-A69F,U+A700-A7FF,U+AB30-AB6F,U+FB00-FB06,U+FFFD"

subset() { # SOURCE UNICODES
    pyftsubset "$from/$1.ttf" --unicodes="$2" --output-file="$here/$1.ttf" \
        --layout-features='*' --layout-scripts='*' --no-hinting --desubroutinize \
        --notdef-outline --name-IDs='*' --drop-tables+=DSIG,meta
}

for style in Regular Bold Italic BoldItalic; do
    subset "NotoSerif-$style" "$european"
done
subset NotoSansMath-Regular "U+0020,U+00A0,U+2190-21FF,U+2200-22FF"
subset NotoSansSymbols2-Regular "U+0020,U+00A0,U+25A0-25FF,U+2610-2612,U+2713-2718"
for weight in Regular Bold; do
    subset "NotoNaskhArabic-$weight" "$shared,U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFC"
    subset "NotoSerifHebrew-$weight" "$shared,U+0590-05FF,U+20AA,U+FB1D-FB4F"
    subset "NotoSerifArmenian-$weight" "$shared,U+0530-058F,U+FB13-FB17"
    subset "NotoSerifDevanagari-$weight" "$shared,U+0900-097F,U+1CD0-1CFF,U+20B9,U+A830-A839,U+A8E0-A8FF"
    subset "NotoSerifGurmukhi-$weight" "$shared,U+0964-0965,U+0A00-0A7F,U+20B9,U+262C"
    subset "NotoSerifKhmer-$weight" "$shared,U+1780-17FF,U+19E0-19FF,U+200B"
    subset "NotoSerifLao-$weight" "$shared,U+0E80-0EFF,U+200B,U+20AD"
    subset "NotoSerifThai-$weight" "$shared,U+0E00-0E7F,U+200B"
done
