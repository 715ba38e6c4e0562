"""Draws a state file: load_state.py FILE.pvsm PICTURE.png. Ends with 1 when its scene has no steps to slide through."""
import sys

from paraview.simple import GetAnimationScene, GetLayouts, GetTimeKeeper, LoadState, SaveScreenshot

state, picture = sys.argv[1:3]
LoadState(state)
times = list(GetTimeKeeper().TimestepValues)
if len(times) < 3 or GetAnimationScene().AnimationTime not in times:
    sys.exit("%s has the time %r among %r" % (state, GetAnimationScene().AnimationTime, times))
(layout,) = GetLayouts().values()
layout.SetSize(1200, 750)
SaveScreenshot(picture, layout, ImageResolution=[1200, 750])
