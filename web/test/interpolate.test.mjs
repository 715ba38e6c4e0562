// Blending between computed points, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blended, Interpolation } from '../src/interpolate.js';

const plane = (x, y) => 2 * x - 3 * y + 1;

function grid(skip = []) {
  const points = [];
  for (const kind of [0, 1]) for (const x of [0, 10, 40]) for (const y of [0, 1]) points.push({ x: [x, y, kind], complete: !skip.includes(points.length), list: [plane(x, y) + 100 * kind] });
  return { points, inputs: [{ low: 0, high: 40, levels: [0, 10, 40], words: null }, { low: 0, high: 1, levels: [0, 1], words: null }, { low: 0, high: 1, levels: [0, 1], words: ['soft', 'hard'] }] };
}

test('a grid is blended linearly within a cell and never between words', () => {
  const i = new Interpolation(grid());
  assert.equal(i.grid, true);
  for (const [x, y, kind] of [[5, 0.25, 0], [25, 1, 1], [40, 0, 0], [10, 0.5, 1]]) {
    const { parts } = i.at([x, y, kind]);
    assert.ok(Math.abs(blended(parts, (p) => p.list)[0] - plane(x, y) - 100 * kind) < 1e-9);
    assert.ok(Math.abs(parts.reduce((s, p) => s + p.weight, 0) - 1) < 1e-12);
  }
});

test('a cell with a corner that was not computed has no answer, and its nearest point is told', () => {
  const i = new Interpolation(grid([2]));
  assert.equal(i.at([25, 0.5, 0]).parts, null);
  assert.equal(i.at([10, 0, 0]).parts, null);
  assert.ok(i.at([25, 0.5, 1]).parts);
  assert.deepEqual(i.at([9, 0.9, 0]).nearest.x, [10, 1, 0]);
});

test('drawn points answer near each other only, and exactly where they are', () => {
  let seed = 1;
  const random = () => { seed = (16807 * seed) % 2147483647; return seed / 2147483647; };
  const points = Array.from({ length: 60 }, () => { const x = random(), y = random(); return { x: [x, y], complete: true, list: [plane(x, y)] }; });
  // A region without points.
  const kept = points.filter((p) => !(p.x[0] > 0.6 && p.x[1] > 0.6));
  kept.push({ x: [1, 1], complete: true, list: [plane(1, 1)] });
  const i = new Interpolation({ points: kept, inputs: [0, 1].map(() => ({ low: 0, high: 1, levels: kept.map((p) => p.x[0]), words: null })) });
  assert.equal(i.grid, false);
  const at = i.at(kept[7].x);
  assert.ok(Math.abs(blended(at.parts, (p) => p.list)[0] - kept[7].list[0]) < 1e-9 && at.distance < 1e-12);
  assert.equal(i.at([0.8, 0.8]).parts, null);
  const inside = i.at([0.3, 0.3]);
  const value = blended(inside.parts, (p) => p.list)[0];
  const all = inside.parts.map((p) => p.point.list[0]);
  assert.ok(value >= Math.min(...all) && value <= Math.max(...all));
  assert.ok(Math.abs(value - plane(0.3, 0.3)) < 0.5);
});

test('a place where one of the points has nothing stays empty', () => {
  assert.deepEqual(blended([{ point: { list: [1, null] }, weight: 0.5 }, { point: { list: [3, 4] }, weight: 0.5 }], (p) => p.list), [2, null]);
});
