// Charts along the nerve and over the load, linked with the model: a place pointed at here is marked there and the other way round.
import uPlot from 'uplot';
import { governingStation } from './scale.js';
import { figure, placeWords, stateWords, stationWords } from './words.js';

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const mm = 'place along the nerve (mm)';

/** Room for the curves and for the level next above them. */
export function span(values, levels, least = -Infinity) {
  const all = values.flat().filter((v) => v !== null && Number.isFinite(v));
  const peak = Math.max(...all, 0);
  const above = levels.flat().filter((v) => v !== null && v > peak);
  const high = above.length ? Math.min(...above) : peak;
  return [Math.max(least, Math.min(0, 1.1 * Math.min(...all, 0))), 1.15 * (high > 0 ? high : 1)];
}

function axis(label) {
  const ink = style('--ink'), grid = { stroke: style('--line'), width: 1 };
  return { label, stroke: ink, grid, ticks: grid, font: '13px system-ui, sans-serif', labelFont: '14px system-ui, sans-serif', labelSize: 24 };
}

export const levelDash = [[10, 5], [3, 3], [12, 4, 3, 4]];

function series(curve) {
  return {
    label: curve.name,
    stroke: style(curve.colour),
    width: curve.width ?? 2,
    dash: curve.dash,
    spanGaps: true,
    paths: curve.pointsOnly ? () => null : undefined,
    points: { show: Boolean(curve.points || curve.pointsOnly), size: 8, fill: style(curve.colour) },
  };
}

function keyOf(curves) {
  const list = document.createElement('ul');
  list.className = 'key';
  for (const c of curves) {
    const item = document.createElement('li');
    const mark = c.pointsOnly ? '<circle cx="16" cy="6" r="4.5" fill="currentColor"/>'
      : `<line x1="1" x2="31" y1="6" y2="6" stroke="currentColor" stroke-width="${c.width ?? 2}" stroke-dasharray="${(c.dash ?? []).join(' ')}"/>`;
    item.innerHTML = `<svg viewBox="0 0 32 12" aria-hidden="true">${mark}</svg>`;
    item.firstChild.style.color = `var(${c.colour})`;
    item.append(c.name);
    list.append(item);
  }
  return list;
}

/**
 * One chart with its title, key and a line of words.
 * @param spec  {title, xLabel, yLabel, x, curves: [{name, y, colour, …}], range: [low, high], choose(index), chosen(): index or null, words(index)}
 */
export function chart(page, into, describe) {
  const box = document.createElement('div');
  box.className = 'chart';
  into.append(box);
  const title = document.createElement('h3'), plot = document.createElement('div'), told = document.createElement('p');
  plot.className = 'plot';
  plot.tabIndex = 0;
  plot.setAttribute('role', 'application');
  told.className = 'told';
  let u = null, spec = null, key = null;

  function draw() {
    spec = describe();
    title.textContent = spec.title;
    plot.setAttribute('aria-label', `${spec.title}. ${spec.summary} Left and right arrow keys move along the chart.`);
    const newKey = keyOf(spec.curves);
    if (key) key.replaceWith(newKey);
    key = newKey;
    u?.destroy();
    const width = Math.max(240, box.clientWidth);
    u = new uPlot({
      width,
      height: Math.round(Math.min(300, Math.max(210, 0.55 * width))),
      scales: { x: { time: false, range: spec.xRange }, y: { range: spec.range } },
      axes: [axis(spec.xLabel), { ...axis(spec.yLabel), size: 52 }],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false, points: { size: 8 } },
      series: [{}, ...spec.curves.map(series)],
      hooks: { setCursor: [(self) => { if (self.cursor.event) point(self.cursor.idx); }], draw: [mark] },
    }, [spec.x, ...spec.curves.map((c) => c.y)], plot);
    u.over.addEventListener('click', () => { if (u.cursor.idx !== null && spec.click) spec.click(u.cursor.idx); });
    if (!key.parentNode) box.append(title, key, plot, told);
  }

  function point(index) {
    if (index === null || index === undefined) return;
    told.textContent = spec.words(index);
    spec.point?.(index);
  }

  /** A line where the model's marked place or state is. */
  function mark(self) {
    const at = spec.chosen();
    if (at === null || at === undefined) return;
    const x = self.valToPos(at, 'x', true);
    const { ctx } = self;
    ctx.save();
    ctx.strokeStyle = style('--focus');
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, self.bbox.top);
    ctx.lineTo(x, self.bbox.top + self.bbox.height);
    ctx.stroke();
    ctx.restore();
  }

  plot.addEventListener('keydown', (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const at = spec.chosen();
    let index = at === null || at === undefined ? -1 : spec.x.findIndex((x) => x >= at - 1e-9);
    index = Math.min(spec.x.length - 1, Math.max(0, index + way));
    point(index);
    spec.click?.(index);
  });
  draw();
  let width = box.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(box.clientWidth - width) < 2) return;
    width = box.clientWidth;
    draw();
  }).observe(box);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  page.listen((changes) => {
    if ('frame' in changes && spec.redraws) draw();
    else if ('station' in changes || 'frame' in changes) u.redraw(false, false);
  });
}

/** The levels along the nerve, as each station is judged. */
function levelCurves(data, figureName, high) {
  return data.levels.slice(0, 3).map((l, k) => ({
    name: `${l.name} level`,
    y: data.stations.column.map((c) => l[c][figureName]),
    colour: `--level-${k + 1}`,
    dash: levelDash[k],
  })).filter((c) => high === undefined || c.y.some((v) => v !== null && v < high));
}

function peakWords(x, y, unit) {
  let best = 0;
  for (let i = 0; i < y.length; ++i) if ((y[i] ?? -Infinity) > (y[best] ?? -Infinity)) best = i;
  return `The largest value is ${figure(y[best])} ${unit}, ${placeWords(x[best])}.`;
}

export function drawProfile(page, into) {
  const { data, state, set } = page;
  const x = data.stations.arc_length_mm;
  const common = {
    xLabel: mm,
    redraws: true,
    words: (i) => stationWords(data, state.frame, i),
    point: (i) => set({ station: i, told: stationWords(data, state.frame, i) }),
    chosen: () => (state.station === null ? null : x[state.station]),
  };
  chart(page, into, () => {
    const { nerve } = data.frames[state.frame];
    const levels = levelCurves(data, 'compression_kPa');
    const inside = x.filter((_, i) => data.stations.in_mesh[i]);
    const range = span(data.frames.flatMap((f) => [f.nerve.compression_kPa, f.nerve.compression_pose_kPa]), levels.map((l) => l.y));
    const pressed = data.frames[state.frame].force_N > 0;
    const curves = [{ name: 'pressure on the nerve', y: nerve.compression_kPa, colour: '--link', width: 3 }];
    if (pressed) curves.push({ name: 'of it without the roller', y: nerve.compression_pose_kPa, colour: '--quiet', width: 1.5 });
    curves.push(...levels.filter((l) => l.y.some((v) => v !== null && v < range[1])));
    return { ...common, title: 'Pressure on the nerve', yLabel: 'kPa', x, curves, range, xRange: [inside[0], inside.at(-1)], summary: peakWords(x, nerve.compression_kPa, 'kPa') };
  });
  chart(page, into, () => {
    const { nerve } = data.frames[state.frame];
    const levels = levelCurves(data, 'strain_percent');
    // How slack a slack nerve is does not matter, and would squeeze the rest.
    const range = span(data.frames.map((f) => f.nerve.strain_percent), levels.map((l) => l.y), -5);
    const curves = [{ name: 'stretch beyond rest', y: nerve.strain_percent, colour: '--link', width: 3 }, ...levels.filter((l) => l.y.some((v) => v < range[1]))];
    return { ...common, title: 'Stretch of the nerve', yLabel: '%', x, curves, range, xRange: [x[0], x.at(-1)], summary: peakWords(x, nerve.strain_percent, '%') };
  });
}

/** Curves over different places on one axis. */
function joined(parts) {
  const x = [...new Set(parts.flatMap((p) => p.x))].sort((a, b) => a - b);
  return { x, ys: parts.map((p) => x.map((v) => { const i = p.x.indexOf(v); return i < 0 ? null : p.y[i]; })) };
}

export function drawHistory(page, into) {
  const { data, state, set } = page;
  const last = data.history.at(-1).phase;
  const timed = last === 'stroke' || last === 'hold';
  const pressed = data.history.some((h) => h.phase === 'press');
  const rows = data.history.filter((h) => !((timed || pressed) && h.phase === 'reference') && !(timed && pressed && h.phase === 'pose'));
  const along = (h) => (timed || !pressed ? h.time_s : h.indentation_mm);
  const xLabel = timed ? 'time (s)' : pressed ? 'how far the roller is pressed in (mm)' : 'share of the posture';
  // A finer mesh leaps from the touch to the load: a line between the two would be an invented history. The coarser one that led it has one.
  const few = rows.length < 4;
  const led = few && pressed && !timed ? data.led_by[0] : undefined;
  const column = data.stations.column[governingStation(data)];
  const x0 = rows.map(along);
  const heading = document.getElementById('history-title');
  heading.textContent = last === 'stroke' ? 'The stroke of the roller' : last === 'hold' ? 'While the load is held' : pressed ? 'While the load comes on' : 'While the posture is taken';

  function nearestFrame(value) {
    let best = 0;
    data.frames.forEach((f, i) => { if (Math.abs(along(f) - value) < Math.abs(along(data.frames[best]) - value)) best = i; });
    return best;
  }

  function one(title, yLabel, valueOf, ledColumn, levels) {
    chart(page, into, () => {
      const parts = [{ name: `${title} (this run)`, x: x0, y: rows.map(valueOf), colour: '--link', width: 3, points: true, pointsOnly: few }];
      if (led) parts.push({ name: `the same on the ${led.fidelity} mesh`, x: led.pressing.map((p) => p[0]), y: led.pressing.map((p) => p[ledColumn]), colour: '--quiet', width: 2 });
      const { x, ys } = joined(parts);
      const curves = parts.map((p, i) => ({ ...p, y: ys[i] }));
      const range = span(curves.map((c) => c.y), levels.map((l) => [l.value]));
      for (const l of levels) if (l.value < range[1]) curves.push({ name: l.name, y: x.map(() => l.value), colour: l.colour, dash: l.dash });
      const margin = 0.03 * (x.at(-1) - x[0] || 1);
      const rowAt = (i) => rows.reduce((a, b) => (Math.abs(along(b) - x[i]) < Math.abs(along(a) - x[i]) ? b : a));
      return {
        title, yLabel, xLabel, x, curves, range,
        xRange: [x[0] - margin, x.at(-1) + margin],
        summary: `The last value is ${figure(rows.map(valueOf).at(-1))} ${yLabel}.`,
        words: (i) => `${stateWords(rowAt(i))}: ${figure(valueOf(rowAt(i)))} ${yLabel}`,
        click: (i) => set({ frame: nearestFrame(x[i]) }),
        chosen: () => along(data.frames[state.frame]),
      };
    });
  }
  const levels = data.levels.slice(0, 3).map((l, k) => ({ name: `${l.name} level`, value: l[column].compression_kPa, colour: `--level-${k + 1}`, dash: levelDash[k] }));
  one('Largest pressure on the nerve', 'kPa', (h) => h.peak_compression_kPa, 2, levels);
  if (pressed) one('Force of the roller', 'N', (h) => h.force_N, 1, []);
}
