#!/usr/bin/sed -f
# Markdown as Doxygen reads it: no <picture> and <source>, no <img>; headings that are links' targets get their anchor.
/<\/*picture>/d
/<source /d
s/^## \([CT][0-9]\+[a-z]*\)$/## \1 {#\L\1}/
s/^ *<img \(.*\)src="docs\/images\/\([^"]*\)" \(.*\)alt="\([^"]*\)".*/![\4](\2)/
