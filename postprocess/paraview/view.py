"""Shows a run of nerveload in ParaView: pvpython view.py [--screenshot FILE.png] [--save-state FILE.pvsm] [--time SECONDS] [--size WIDTHxHEIGHT]

Written into every results folder and reads what lies beside it. In the graphical program: paraview --script=view.py, or Tools, Python
Shell, Run Script. The time slider walks over the posture, the load and, where there is one, the stroke. Works with ParaView 5.11 and later.

Left: the leg cut along the nerve, bones, roller, and the nerve with its true section, coloured by its pressure in multiples of the
caution level in steps that its legend has in words; a black line runs where the caution level is reached. Right: a cut across the leg, and
the pressure along the nerve.
"""
import argparse
import json
import math
import os
import sys

from paraview import servermanager
from paraview.simple import *  # noqa: F403

# A programmable source puts numpy's functions of the same names over the built-in ones.
largest, least, total, magnitude = max, min, sum, abs
FOLDER = os.path.dirname(os.path.abspath(__file__)) if "__file__" in globals() else os.getcwd()
# Dark blue over grey to yellow, even in lightness: told apart with any kind of colour blindness and in grey print.
EVEN_COLOURS = [(0.0, 0.02, 0.14, 0.36), (0.5, 0.49, 0.48, 0.47), (1.0, 1.0, 0.91, 0.27)]
TISSUE_COLOURS = {
    "skin": (0.91, 0.76, 0.65), "subcutaneous_fat": (0.97, 0.91, 0.66), "gluteus_maximus": (0.80, 0.47, 0.43), "hamstrings": (0.71, 0.36, 0.34),
    "piriformis": (0.56, 0.22, 0.30), "deep_rotators": (0.86, 0.60, 0.52), "quadriceps_adductors": (0.77, 0.55, 0.56),
    "deep_muscle": (0.67, 0.47, 0.47), "hamstring_tendon": (0.88, 0.88, 0.92), "fascicles": (0.98, 0.80, 0.18),
    "epineurium": (0.90, 0.66, 0.10), "paraneurium": (0.80, 0.72, 0.52)}
LEVEL_COLOURS = [(0.72, 0.53, 0.04), (0.80, 0.33, 0.0), (0.62, 0.04, 0.15)]
BLACK = [0.0, 0.0, 0.0]
LEFT, ASPECT = 0.58, 1.6  # share of the width that the leg has; width over height of the whole


def fail(text):
    sys.exit("view.py: " + text)


def read_json(name):
    path = os.path.join(FOLDER, name)
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        fail("cannot read %s: %s" % (path, error))


def series(name):
    path = os.path.join(FOLDER, name)
    if not os.path.isfile(path):
        fail("%s is missing" % path)
    return PVDReader(registrationName=name, FileName=path)


def vertices(source):
    """All points of a data set as triples."""
    data = servermanager.Fetch(source)
    return [data.GetPoint(i) for i in range(data.GetNumberOfPoints())]


def unit(v):
    length = math.sqrt(total(c * c for c in v)) or 1.0
    return [c / length for c in v]


def minus(a, b):
    return [x - y for x, y in zip(a, b)]


def dot(a, b):
    return total(x * y for x, y in zip(a, b))


def cross(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def rid_of(v, n):
    """What of v is perpendicular to the unit vector n, of length one."""
    along = dot(v, n)
    return unit([c - along * d for c, d in zip(v, n)])


def mean(points):
    return [total(p[d] for p in points) / len(points) for d in range(3)]


def even_scale(name, top):
    """A colour scale from zero that no time step moves."""
    scale = GetColorTransferFunction(name)
    scale.AutomaticRescaleRangeMode = "Never"
    scale.ColorSpace = "Lab"
    scale.RGBPoints = [value for share, r, g, b in EVEN_COLOURS for value in (share * top, r, g, b)]
    return scale


def even_colour(share):
    """Of the even colours between their three, by straight lines: what a legend of a few steps needs."""
    for (low, *start), (high, *end) in zip(EVEN_COLOURS, EVEN_COLOURS[1:]):
        if share <= high:
            part = (share - low) / (high - low)
            return [a + part * (b - a) for a, b in zip(start, end)]
    return list(EVEN_COLOURS[-1][1:])


def stepped_scale(name, bands):
    """One colour a band: [(from, to, words), …]; its legend says the words."""
    scale = GetColorTransferFunction(name)
    scale.AutomaticRescaleRangeMode = "Never"
    scale.ColorSpace = "RGB"
    scale.RGBPoints = [value for i, (low, high, _) in enumerate(bands) for at in (low, high - 1e-6) for value in (at, *even_colour(i / (len(bands) - 1)))]
    scale.Annotations = [text for low, high, words in bands for text in ("%g" % (0.5 * (low + high)), words)]
    return scale


def tissue_scale(names):
    """A step a region, whose number is its place among the names."""
    scale = GetColorTransferFunction("region")
    scale.AutomaticRescaleRangeMode = "Never"
    scale.ColorSpace = "RGB"
    colours = [TISSUE_COLOURS.get(name, (0.7, 0.7, 0.7)) for name in names]
    scale.RGBPoints = [value for i, rgb in enumerate(colours) for at in (i - 0.499, i + 0.499) for value in (at, *rgb)]
    return scale


def bar(scale, view, title, place, length, orientation="Horizontal"):
    legend = GetScalarBar(scale, view)
    legend.Title, legend.ComponentTitle = title, ""
    legend.TitleColor = legend.LabelColor = BLACK
    legend.Orientation = orientation  # before its place, which a change would shift
    legend.WindowLocation = "Any Location"
    legend.Position = place
    legend.ScalarBarLength = length
    legend.TitleFontSize = legend.LabelFontSize = 14
    legend.AddRangeLabels = 0
    legend.LabelFormat = "%-#6.2g"
    legend.Visibility = 1
    return legend


def shown(source, view, colour, opacity=1.0, flat=False):
    display = Show(source, view)
    display.ColorArrayName = ["POINTS", ""]
    display.AmbientColor = display.DiffuseColor = list(colour)
    display.Opacity = opacity
    if flat:  # quantitative surfaces have the colours of the bar, whatever the light
        display.Ambient, display.Diffuse = 1.0, 0.0
    return display


def coloured(source, view, association, name, scale, flat=True):
    points = list(scale.RGBPoints)
    display = Show(source, view)
    ColorBy(display, (association, name))
    display.LookupTable = scale
    scale.RGBPoints = points  # colouring has stretched it over the data
    display.SetScalarBarVisibility(view, False)
    if flat:
        display.Ambient, display.Diffuse, display.Specular = 1.0, 0.0, 0.0
    return display


def words(text, view, place, size=16):
    note = Text(registrationName=text[:30], Text=text)
    display = Show(note, view)
    display.Color = BLACK
    display.FontSize = size
    display.Justification = "Left"
    display.WindowLocation = place
    return note


def render_view(title):
    view = CreateView("RenderView")
    view.Background = [1.0, 1.0, 1.0]
    if hasattr(view, "UseColorPaletteForBackground"):
        view.UseColorPaletteForBackground = 0
    view.OrientationAxesVisibility = 0
    words(title, view, "Upper Left Corner")
    return view


def aim(view, towards, up, points, aspect, below, above):
    """Looks along a direction so that all points fit between a share of the view's height below, for a legend, and one above, for words."""
    right = cross(up, towards)
    spans = [(least(along), largest(along)) for along in ([dot(p, d) for p in points] for d in (right, up, towards))]
    width, height = (high - low for low, high in spans[:2])
    half = 0.5 * largest(height / (1.0 - below - above), 1.06 * width / aspect)
    shift = (below - above) * half  # of what is looked at, so that the points' middle comes to lie between the two
    middle = [0.5 * total(span) for span in spans]
    focus = [middle[0] * right[k] + (middle[1] - shift) * up[k] + middle[2] * towards[k] for k in range(3)]
    view.CameraParallelProjection = 1
    view.CameraFocalPoint = focus
    view.CameraPosition = [f + 1500.0 * t for f, t in zip(focus, towards)]
    view.CameraViewUp = up
    view.CameraParallelScale = half


class Scene:
    def __init__(self, when):
        self.summary = read_json("summary.json")
        self.tissue, self.nerve = series("tissue.pvd"), series("nerve.pvd")
        self.roller = series("roller.pvd") if self.summary.get("roller") else None
        self.times = list(self.tissue.TimestepValues)
        self.animation = GetAnimationScene()
        self.animation.UpdateAnimationUsingDataTimeSteps()
        self.at(self.times[0])
        data = servermanager.Fetch(self.tissue)
        names = data.GetFieldData().GetAbstractArray("region_names")
        self.regions = [names.GetValue(i) for i in range(names.GetNumberOfValues())]
        if not data.GetPointData().HasArray("displacement_mm"):
            fail("the run wrote no displacement (output.fields)")
        before = vertices(self.roller) if self.roller else None
        self.at(self.governing_time() if when is None else when)
        stations = self.stations()
        self.along = unit(minus(stations[-1][:3], stations[len(stations) // 2][:3]))
        self.centre = least(stations, key=lambda p: magnitude(p[3] - self.summary["verdict"]["governing_at_mm"]))[:3]
        outwards = [-1.0 if self.summary["scenario"]["side"] == "right" else 1.0, 0.0, 0.0]
        self.up = [0.0, 0.0, 1.0]
        if before:  # the roller waits where it will press from
            way = minus(mean(vertices(self.roller)), mean(before))
            self.up = unit(way) if dot(way, way) > 1.0 else self.up
        self.side = rid_of(outwards, self.up)
        # Above the place that governs the nerve turns inwards to the spine: a cut through all of it would lose the muscles around that place.
        shown_on_cut = [p[:3] for p in stations if p[3] >= self.summary["verdict"]["governing_at_mm"] - 45.0]
        self.cut_normal = rid_of(outwards, unit(minus(shown_on_cut[-1], shown_on_cut[0])))
        self.innermost = least(dot(minus(p, self.centre), self.cut_normal) for p in shown_on_cut)

    def at(self, time):
        self.animation.AnimationTime = time
        for source in (self.tissue, self.nerve, self.roller):
            if source:
                UpdatePipeline(time=time, proxy=source)

    def governing_time(self):
        """Time of the step that the run was judged by."""
        import csv
        with open(os.path.join(FOLDER, "history.csv"), newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if int(row["step"]) == self.summary["governing_step"]:
                    return least(self.times, key=lambda t: magnitude(t - float(row["time_s"])))
        return self.times[-1]

    def stations(self):
        """Places of the nerve inside the mesh with their station: (x, y, z, s)."""
        line = servermanager.Fetch(self.nerve)
        data = line.GetPointData()
        inside, arc = data.GetArray("in_mesh"), data.GetArray("arc_length_mm")
        return [line.GetPoint(i) + (arc.GetTuple1(i),) for i in range(line.GetNumberOfPoints()) if inside.GetTuple1(i)]

    def levels(self):
        """The first three levels at the place that governs: name, kPa."""
        column = "healthy"
        for part in self.summary["judgement"]["columns"]:
            if part["from_mm"] <= self.summary["verdict"]["governing_at_mm"] <= part["to_mm"]:
                column = part["column"]
        return [(level["name"], level[column]["compression_kPa"]) for level in self.summary["thresholds"][:3]]

    def bands(self):
        """Steps of the nerve's pressure in multiples of the caution level, in words."""
        caution, irritation, block = (kPa / self.levels()[0][1] for _, kPa in self.levels())
        names = [name for name, _ in self.levels()]
        return [(0.0, 0.5, "less than half of the %s level" % names[0]), (0.5, caution, "below the %s level" % names[0]),
                (caution, irritation, names[0] + ": return of blood disturbed"), (irritation, block, names[1] + ": finest vessels closed"),
                (block, block + 1.0, names[2] + " and beyond: blood flow stopped")]

    def build(self, size):
        """Views, and what is in them. @param size  of the picture (width, height), or None where a window decides"""
        self.moved = WarpByVector(registrationName="deformed tissue", Input=self.tissue)
        self.moved.Vectors = ["POINTS", "displacement_mm"]
        self.true_nerve = self.nerve_surface()
        layout = CreateLayout("nerveload")
        left = render_view("%s\n%s" % (self.summary["name"], self.headline()))
        AssignViewToLayout(left, layout, 0)
        cell = layout.SplitHorizontal(0, LEFT)
        section = render_view("Cut across the leg, seen from the knee")
        AssignViewToLayout(section, layout, cell + 1 if isinstance(cell, int) else 2)
        lower = layout.SplitVertical(2, 0.5)
        chart = CreateView("XYChartView")
        AssignViewToLayout(chart, layout, lower + 1 if isinstance(lower, int) else 6)
        if size:
            layout.SetSize(*size)
        self.fill_leg(left)
        self.fill_section(section)
        self.fill_chart(chart)
        self.views = (left, section, chart)
        SetActiveView(left)
        return layout

    def headline(self):
        nerve, verdict = self.summary["nerve"], self.summary["verdict"]
        text = "level %d, %s: nerve pressed by %.1f kPa, stretched by %.1f %%" % (
            verdict["level"], verdict["level_name"], nerve["peak_compression_kPa"], nerve["peak_strain_percent"])
        if self.summary.get("preview"):
            text += "\npreview on a coarse mesh"
        if self.summary["status"] != "complete":
            text += "\nTHE RUN IS INCOMPLETE"
        return text

    def nerve_surface(self):
        """The nerve's own cells, with the values of the nearest station."""
        first, last = self.regions.index("fascicles"), self.regions.index("epineurium")
        part = Threshold(registrationName="nerve cells", Input=self.moved)
        part.Scalars = ["CELLS", "region"]
        part.LowerThreshold, part.UpperThreshold = first, last
        surface = ExtractSurface(registrationName="nerve surface", Input=part)
        values = PointDatasetInterpolator(registrationName="nerve", Input=self.nerve, Source=surface)
        values.Kernel = "VoronoiKernel"
        return values

    def fill_leg(self, view):
        cut = Clip(registrationName="leg cut along the nerve", Input=self.moved, ClipType="Plane")
        # To the inside of the nerve, which then lies on the cut as a whole.
        cut.ClipType.Origin = [c + (self.innermost - 4.0) * n for c, n in zip(self.centre, self.cut_normal)]
        cut.ClipType.Normal = self.cut_normal
        cut.Invert = 1
        coloured(cut, view, "CELLS", "region", tissue_scale(self.regions))
        shown(XMLPolyDataReader(registrationName="bones", FileName=[os.path.join(FOLDER, "bones.vtp")]), view, (0.93, 0.89, 0.78))
        if self.roller:
            shown(self.roller, view, (0.35, 0.42, 0.50), 0.45)
        bands = self.bands()
        scale = stepped_scale("compression_utilisation", bands)
        coloured(self.true_nerve, view, "POINTS", "compression_utilisation", scale)
        legend = bar(scale, view, "pressure on the nerve, in multiples of the caution level (%.1f kPa)" % self.levels()[0][1], [0.36, 0.04], 0.2, "Vertical")
        legend.HorizontalTitle = 1
        legend.TextPosition = "Ticks left/bottom, annotations right/top"
        legend.UseCustomLabels, legend.CustomLabels = 1, [low for low, _, _ in bands]
        legend.LabelFormat = "%.3g"
        legend.DrawAnnotations = 1
        reached = Contour(registrationName="caution level reached", Input=self.true_nerve)
        reached.ContourBy = ["POINTS", "compression_utilisation"]
        reached.Isosurfaces = [1.0]
        shown(reached, view, BLACK, flat=True).LineWidth = 4.0
        aim(view, self.side, self.up, vertices(cut) + (vertices(self.roller) if self.roller else []), LEFT * ASPECT, 0.27, 0.1)

    def fill_section(self, view):
        origin, normal = self.centre, self.along
        if self.roller:
            points = vertices(self.roller)
            axis = unit(minus(largest(points, key=lambda p: dot(p, self.side)), least(points, key=lambda p: dot(p, self.side))))
            origin, normal = mean(points), unit(cross(self.up, rid_of(axis, self.up)))
        if dot(normal, self.along) < 0.0:
            normal = [-c for c in normal]
        section = Slice(registrationName="cut across the leg", Input=self.moved, SliceType="Plane")
        section.SliceType.Origin, section.SliceType.Normal = origin, normal
        data = servermanager.Fetch(section)
        pressures = sorted(data.GetPointData().GetArray("pressure_kPa").GetTuple1(i) for i in range(data.GetNumberOfPoints()))
        scale = even_scale("pressure_kPa", largest(1.0, pressures[int(0.99 * (len(pressures) - 1))]))
        coloured(section, view, "POINTS", "pressure_kPa", scale)
        bar(scale, view, "pressure in the tissue (kPa)", [0.2, 0.02], 0.6)
        ring = Slice(registrationName="cut nerve", Input=self.true_nerve, SliceType="Plane")
        ring.SliceType.Origin, ring.SliceType.Normal = origin, normal
        shown(ring, view, BLACK, flat=True).LineWidth = 3.0
        if self.roller:
            rim = Slice(registrationName="cut roller", Input=self.roller, SliceType="Plane")
            rim.SliceType.Origin, rim.SliceType.Normal = origin, normal
            shown(rim, view, (0.35, 0.42, 0.50), flat=True).LineWidth = 3.0
        aim(view, normal, rid_of(self.up, normal), vertices(section), 2.0 * (1.0 - LEFT) * ASPECT, 0.3, 0.08)

    def fill_chart(self, view):
        table = ProgrammableFilter(registrationName="along the nerve", Input=self.nerve)  # follows the time slider
        table.OutputDataSetType = "vtkTable"
        table.Script = (
            "import vtk\n"
            "data = self.GetPolyDataInput().GetPointData()\n"
            "inside = [i for i in range(data.GetNumberOfTuples()) if data.GetArray('in_mesh').GetTuple1(i)]\n"
            "for name, title in (('arc_length_mm', 'place'), ('compression_kPa', 'on the nerve'),\n"
            "                    ('compression_pose_kPa', 'without the roller')):\n"
            "    column = vtk.vtkDoubleArray()\n"
            "    column.SetName(title)\n"
            "    for i in inside:\n"
            "        column.InsertNextValue(data.GetArray(name).GetTuple1(i))\n"
            "    self.GetTableOutput().AddColumn(column)\n")
        curves = Show(table, view)
        curves.UseIndexForXAxis = 0
        curves.XArrayName = "place"
        looks = {"on the nerve": ("0.05", "0.25", "0.55"), "without the roller": ("0.45", "0.45", "0.45")}
        if not self.roller:
            del looks["without the roller"]
        curves.SeriesVisibility = list(looks)
        curves.SeriesColor = [text for name, colour in looks.items() for text in (name,) + colour]
        curves.SeriesLineThickness = [text for name in looks for text in (name, "3")]
        peak = self.summary["nerve"]["peak_compression_kPa"]
        arc = [p[3] for p in self.stations()]
        for (name, kPa), colour in zip(self.levels(), LEVEL_COLOURS):
            if kPa <= 1.6 * largest(peak, 1.0):
                self.level_line(view, name, kPa, least(arc), largest(arc), colour)
        view.ChartTitle = "Pressure along the nerve"
        view.BottomAxisTitle = "place along the nerve (mm), 0: level with the sitting bone"
        view.BottomAxisUseCustomRange = 1
        view.BottomAxisRangeMinimum, view.BottomAxisRangeMaximum = least(arc), largest(arc)
        view.LegendFontSize = 11
        for axis in ("Bottom", "Left"):
            setattr(view, axis + "AxisTitleBold", 0)
            setattr(view, axis + "AxisTitleFontSize", 13)
        view.LeftAxisTitle = "kPa"

    def level_line(self, view, name, kPa, low, high, colour):
        source = ProgrammableSource(registrationName=name + " level")
        source.OutputDataSetType = "vtkTable"
        source.Script = (
            "import vtk\n"
            "for name, values in (('place', (%r, %r)), ('%s level', (%r, %r))):\n"
            "    column = vtk.vtkDoubleArray()\n"
            "    column.SetName(name)\n"
            "    for value in values:\n"
            "        column.InsertNextValue(value)\n"
            "    self.GetTableOutput().AddColumn(column)\n" % (low, high, name, kPa, kPa))
        line = Show(source, view)
        line.UseIndexForXAxis = 0
        line.XArrayName = "place"
        line.SeriesVisibility = [name + " level"]
        line.SeriesColor = [name + " level"] + [str(c) for c in colour]
        line.SeriesLineStyle = [name + " level", "2"]
        line.SeriesLineThickness = [name + " level", "2"]


def main():
    parser = argparse.ArgumentParser(prog="view.py", description=__doc__.split("\n")[0])
    parser.add_argument("--screenshot", metavar="FILE.png", help="draw into a file and end")
    parser.add_argument("--save-state", metavar="FILE.pvsm", help="write the scene for this version of ParaView (File, Load State) and end")
    parser.add_argument("--time", type=float, help="seconds; without it the step that the run was judged by")
    parser.add_argument("--size", default="1600x1000", help="WIDTHxHEIGHT of the screenshot")
    options = parser.parse_args()
    scene = Scene(options.time)
    size = [int(n) for n in options.size.split("x")]
    layout = scene.build(size if options.screenshot or options.save_state else None)
    scene.at(scene.animation.AnimationTime)
    if options.save_state:
        SaveState(os.path.abspath(options.save_state))
    if options.screenshot:
        for view in scene.views:
            view.StillRender()  # Render would move the camera of the first view
        SaveScreenshot(options.screenshot, layout, ImageResolution=size)
    elif not options.save_state and servermanager.vtkSMProxyManager.GetProxyManager() and sys.argv[0].endswith("view.py"):
        Interact()


if __name__ in ("__main__", "__vtkconsole__", "paraview"):
    main()
