// Between computed points only: multilinear inside a cell of a grid whose corners are all there, else the neighbours by their distance, and
// nothing where no computed point is near. Never beyond what was computed.

/** Inputs scaled to 0 … 1 over what was computed; words keep their number. */
function scaled(inputs, x) {
  return x.map((v, i) => (inputs[i].words || inputs[i].high === inputs[i].low ? 0 : (v - inputs[i].low) / (inputs[i].high - inputs[i].low)));
}

function sameWords(inputs, a, b) {
  return inputs.every((input, i) => !input.words || a[i] === b[i]);
}

function distance(inputs, a, b) {
  const p = scaled(inputs, a), q = scaled(inputs, b);
  return Math.sqrt(p.reduce((sum, v, i) => sum + (v - q[i]) ** 2, 0));
}

export class Interpolation {
  /** @param table  {inputs: [{low, high, words, levels}], points: [{x, complete}]} */
  constructor(table) {
    this.inputs = table.inputs;
    this.points = table.points.filter((p) => p.complete);
    this.byPlace = new Map(this.points.map((p) => [p.x.join(' '), p]));
    const expected = this.inputs.reduce((n, i) => n * i.levels.length, 1);
    // Drawn points have about as many levels as points in each input; a grid that is not finished yet is one.
    this.grid = table.points.length > 0 && expected <= 2 * table.points.length;
    this.reach = this.grid ? 0 : this.spacing();
  }

  /** How far a place may be from its nearest point: one and a half times what points usually are from each other. */
  spacing() {
    const sample = this.points.slice(0, 200);
    const nearest = sample.map((p) => Math.min(...this.points.filter((q) => q !== p && sameWords(this.inputs, p.x, q.x)).map((q) => distance(this.inputs, p.x, q.x)), Infinity));
    const known = nearest.filter(Number.isFinite).sort((a, b) => a - b);
    return known.length ? 1.5 * known[Math.floor(0.9 * (known.length - 1))] : 0;
  }

  nearest(x) {
    let best = null, least = Infinity;
    for (const p of this.points) {
      if (!sameWords(this.inputs, p.x, x)) continue;
      const d = distance(this.inputs, p.x, x);
      if (d < least) [best, least] = [p, d];
    }
    return { point: best, distance: least };
  }

  /** Corners of the grid's cell around a place with their weights; null where one was not computed. */
  corners(x) {
    let corners = [{ x: [], weight: 1 }];
    for (const [i, input] of this.inputs.entries()) {
      const { levels } = input;
      let k = input.words ? levels.indexOf(x[i]) : levels.findLastIndex((v) => v <= x[i] + 1e-12);
      if (k < 0) return null;
      let t = 0;
      if (!input.words && k + 1 < levels.length) t = Math.min(1, Math.max(0, (x[i] - levels[k]) / (levels[k + 1] - levels[k])));
      if (t < 1e-9) t = 0;
      const next = [];
      for (const c of corners) {
        next.push({ x: [...c.x, levels[k]], weight: c.weight * (1 - t) });
        if (t > 0) next.push({ x: [...c.x, levels[k + 1]], weight: c.weight * t });
      }
      corners = next;
    }
    const found = corners.map((c) => ({ point: this.byPlace.get(c.x.join(' ')), weight: c.weight }));
    return found.every((c) => c.point) ? found : null;
  }

  neighbours(x) {
    const all = this.points.filter((p) => sameWords(this.inputs, p.x, x)).map((point) => ({ point, d: distance(this.inputs, point.x, x) })).sort((a, b) => a.d - b.d);
    if (!all.length || all[0].d > this.reach) return null;
    if (all[0].d < 1e-9) return [{ point: all[0].point, weight: 1 }];
    const few = all.slice(0, 2 * this.inputs.length + 2);
    const farthest = few.at(-1).d * 1.0001;
    const weights = few.map((n) => ((farthest - n.d) / (farthest * n.d)) ** 2);
    const sum = weights.reduce((a, b) => a + b, 0);
    return few.map((n, i) => ({ point: n.point, weight: weights[i] / sum }));
  }

  /** {parts: [{point, weight}] or null, nearest, distance} at a place. */
  at(x) {
    const { point, distance: d } = this.nearest(x);
    return { parts: this.grid ? this.corners(x) : this.neighbours(x), nearest: point, distance: d };
  }
}

/** Weighted mean of a list that every point has; null where one has nothing there. */
export function blended(parts, listOf) {
  const first = listOf(parts[0].point);
  return first.map((_, i) => {
    let sum = 0;
    for (const { point, weight } of parts) {
      const v = listOf(point)[i];
      if (v === null || v === undefined) return null;
      sum += weight * v;
    }
    return sum;
  });
}
