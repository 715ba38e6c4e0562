#!/bin/sh
# Prints the folder that PYTHONPATH needs for ParaView's Python, which pvbatch imports. Debian 12's python3-paraview conflicts with VTK's
# development package, so its files are unpacked beside the build instead of being installed: modules.sh FOLDER
set -eu
folder=$1
if [ ! -d "$folder/usr/lib/python3/dist-packages/paraview" ]; then
  mkdir -p "$folder"
  cd "$folder"
  apt-get download python3-paraview >/dev/null
  dpkg -x python3-paraview_*.deb .
fi
printf '%s\n' "$folder/usr/lib/python3/dist-packages"
