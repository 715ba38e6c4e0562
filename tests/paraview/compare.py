"""Compares two pictures by the means of small tiles: compare.py FOUND.png REFERENCE.png. Ends with 1 when they differ.

Letters and edges move by a pixel between versions of Mesa and ParaView; a tile's mean colour does not. Tiles of 25 x 25 pixels, each
channel from 0 to 255; allowed are 24 of a channel, and 0.3 % of the tiles beyond it.
"""
import sys

from paraview.vtk.vtkIOImage import vtkPNGReader
from paraview.vtk.util.numpy_support import vtk_to_numpy

TILE, ALLOWED, ALLOWED_SHARE = 25, 24.0, 0.003


def tiles(path):
    reader = vtkPNGReader()
    reader.SetFileName(path)
    reader.Update()
    width, height, _ = reader.GetOutput().GetDimensions()
    pixels = vtk_to_numpy(reader.GetOutput().GetPointData().GetScalars()).reshape(height, width, -1)[:, :, :3].astype(float)
    rows, columns = height // TILE, width // TILE
    return pixels[:rows * TILE, :columns * TILE].reshape(rows, TILE, columns, TILE, 3).mean(axis=(1, 3))


found, reference = tiles(sys.argv[1]), tiles(sys.argv[2])
if found.shape != reference.shape:
    sys.exit("%s has another size than %s" % tuple(sys.argv[1:3]))
beyond = (abs(found - reference).max(axis=2) > ALLOWED).mean()
print("%.2f %% of the tiles differ, %.2f %% are allowed" % (100 * beyond, 100 * ALLOWED_SHARE))
sys.exit(1 if beyond > ALLOWED_SHARE else 0)
