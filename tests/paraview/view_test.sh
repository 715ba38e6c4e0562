#!/bin/sh
# view.py of a real run in ParaView without a display, beside a reference picture; a wrong colour scale and a missing actor must be noticed.
# A run without a roller is drawn as well.
# view_test.sh RESULTS WITHOUT_ROLLER WORK REFERENCE.png [--write]
set -eu
results=$1 without_roller=$2 work=$3 reference=$4 write=${5:-}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$work"
PYTHONPATH=$(sh "$here/modules.sh" "$work/modules")
export PYTHONPATH
# A display of its own whose number the server chooses: xvfb-run -a may take one that another process is just taking.
mkfifo "$work/number.$$"
Xvfb -displayfd 3 -screen 0 1600x1200x24 -nolisten tcp -noreset 3>"$work/number.$$" 2>/dev/null &
server=$!
trap 'kill "$server"; rm -f "$work/number.$$"' EXIT
read -r number <"$work/number.$$"
export DISPLAY=":$number"
batch() { pvbatch "$@"; }

draw() {  # draw SCRIPT PICTURE
  rm -f "$2"
  batch "$1" --screenshot "$2" --size 1200x750 || { echo "pvbatch failed on $1" >&2; exit 1; }
  [ -s "$2" ] || { echo "$1 drew nothing" >&2; exit 1; }
}

draw "$results/view.py" "$work/view.png"
# A state of the same scene, loaded by a fresh ParaView, shows the same.
rm -f "$work/view.pvsm" "$work/state.png"
batch "$results/view.py" --save-state "$work/view.pvsm" --size 1200x750
batch "$here/load_state.py" "$work/view.pvsm" "$work/state.png"
batch "$here/compare.py" "$work/state.png" "$work/view.png"
if [ "$write" = --write ]; then
  cp "$work/view.png" "$reference"
  exit 0
fi
batch "$here/compare.py" "$work/view.png" "$reference"

draw "$without_roller/view.py" "$work/without_roller.png"
if batch "$here/compare.py" "$work/without_roller.png" "$reference"; then
  echo "a run without a roller looks like one with it" >&2
  exit 1
fi

# A folder that is not whole is told by the file that is missing.
mkdir -p "$work/nothing"
cp "$results/view.py" "$work/nothing/"
if batch "$work/nothing/view.py" --screenshot "$work/nothing.png" 2>"$work/said"; then
  echo "view.py shows a folder without results" >&2
  exit 1
fi
grep -q "cannot read .*summary.json" "$work/said" || { cat "$work/said" >&2; exit 1; }

# The comparison is worth something: each of these changes must make it fail.
spoil() {  # spoil NAME PATTERN REPLACEMENT
  cp -r "$results" "$work/spoiled"
  sed "s/$2/$3/" "$results/view.py" >"$work/spoiled/view.py"
  cmp -s "$results/view.py" "$work/spoiled/view.py" && { echo "$1: the change did not apply" >&2; exit 1; }
  draw "$work/spoiled/view.py" "$work/$1.png"
  rm -rf "$work/spoiled"
  if batch "$here/compare.py" "$work/$1.png" "$reference"; then
    echo "$1 was not noticed" >&2
    exit 1
  fi
}
rm -rf "$work/spoiled"
spoil wrong_colours '^EVEN_COLOURS = .*' 'EVEN_COLOURS = [(0.0, 0.0, 0.0, 1.0), (0.5, 0.0, 1.0, 0.0), (1.0, 1.0, 0.0, 0.0)]'
spoil missing_bones '^        shown(XMLPolyDataReader.*' '        pass'
