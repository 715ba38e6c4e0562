#!/bin/sh
# man_page.sh PROGRAM [VERB]: the page nerveload(1), or nerveload-VERB(1), from what the program says of itself.
set -eu
program=$1
verb=${2:-}
version=$("$program" --version | sed -n '1s/^[^0-9]*\([0-9][0-9.]*\).*/\1/p')
escape() { sed -e 's/\\/\\e/g' -e "s/^\([.']\)/\\\\\&\1/" -e 's/-/\\-/g'; }
summary() { # of a verb: the line below its synopsis
  "$program" --help | sed -n "/^  nerveload $1 /{n;s/^ *//;p;q;}"
}

if [ -n "$verb" ]; then title="NERVELOAD-$(printf '%s' "$verb" | tr a-z A-Z)" name="nerveload-$verb" about=$(summary "$verb")
else title=NERVELOAD name=nerveload about='tissue stress around the sciatic nerve under a foam roller'; fi
# shellcheck disable=SC2086  # no verb, no word
{
  printf '.TH %s 1 "" "nerveload %s" "User Commands"\n.SH NAME\n%s \\- ' "$title" "$version" "$name"
  printf '%s\n' "$about" | escape
  printf '.SH DESCRIPTION\n.nf\n'
  "$program" $verb --help | escape
  printf '.fi\n'
  printf '.SH SEE ALSO\n.BR nerveload (1),\nthe guides in /usr/share/doc/nerveload\n'
}
