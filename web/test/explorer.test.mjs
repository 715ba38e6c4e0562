// explorer.html on a made-up table in a real browser: blending, honesty about gaps, verdicts, lessons, speed, accessibility.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lessons } from '../src/lessons.js';
import { faults, openBrowser, openPage, phone } from './browser.mjs';

const web = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const built = path.join(web, 'built'), claims = path.join(path.dirname(web), 'scenarios', 'claims');
const stations = Array.from({ length: 91 }, (_, i) => -100 + 5 * i);
const healthy = stations.map(() => 'healthy'), irritated = stations.map((s) => (s < 0 ? 'irritated' : 'healthy'));

/** A hill of a height that grows with the force, under the roller. */
function profile(position, force) {
  return stations.map((s) => (s > 320 ? null : 0.04 * force * Math.exp(-(((s - position) / 40) ** 2))));
}

/** What postprocess/report/explorer_table.cpp writes: a grid of so many places and forces, by default three of each. */
function table(places = [-20, 40, 160], forces = [50, 150, 250]) {
  const level = (n, name, p, e) => ({ level: n, name, healthy: { compression_kPa: p, strain_percent: e }, irritated: { compression_kPa: p && p / 2, strain_percent: e / 2 }, root: { compression_kPa: p && p / 2, strain_percent: e } });
  const points = [];
  for (const kind of [0, 1])
    for (const position of places) for (const force of forces) {
      const complete = !(kind === 0 && position === 160 && force === 250);
      points.push({ x: [position, force, kind], complete, ...(complete && { column: kind, compression_kPa: profile(position, force), strain_percent: stations.map(() => 2) }) });
    }
  return {
    schema: 1, name: 'a table', stations, columns: [healthy, irritated], points,
    levels: [level(1, 'caution', 2.67, 5), level(2, 'irritation', 5.33, 8), level(3, 'block', 9.33, 15.7), level(4, 'structural', null, 20)],
    inputs: [
      { key: 'roller.position_mm', title: 'place of the roller', unit: 'mm', low: -20, high: 160, levels: places, words: null },
      { key: 'load.force_N', title: 'force', unit: 'N', low: 50, high: 250, levels: forces, words: null },
      { key: 'condition.kind', title: 'condition', unit: '', low: 0, high: 1, levels: [0, 1], words: ['healthy', 'piriformis_syndrome'] },
    ],
  };
}

function write(folder, name, data) {
  const parts = {
    name: 'a table', description: 'made up', version: 'test', points: '17 of 18 settings were computed to their end.', notices: '', safety: '<ul><li>stop</li></ul>', thresholds: '<p>levels</p>',
    style: readFileSync(path.join(built, 'style.css'), 'utf8'), script: readFileSync(path.join(built, 'explorer.js'), 'utf8'), data,
  };
  const file = path.join(folder, name);
  writeFileSync(file, readFileSync(path.join(built, 'explorer.html'), 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]));
  return file;
}

let browser, folder, file;
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'nerveload-explorer-'));
  file = write(folder, 'explorer.html', JSON.stringify(table()));
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function set(page, id, value) {
  await page.$eval(`#${id}`, (input, v) => { input.value = v; input.dispatchEvent(new Event('input', { bubbles: true })); }, String(value));
}
const told = (page, side) => page.$eval(`#told-${side}`, (e) => e.textContent);

test('answers at computed points, between them, and says which is nearest', async () => {
  const page = await openPage(browser, file);
  await set(page, 'A-0', 40);
  await set(page, 'A-1', 150);
  assert.match(await told(page, 'A'), /^Level 2: irritation.*pressed by 6\.0 kPa.*This is a computed point\.$/);
  await set(page, 'A-1', 200);
  assert.match(await told(page, 'A'), /^Level 2: irritation.*pressed by 8\.0 kPa.*Nearest computed point: place of the roller 40 mm, force (150|250) N, condition healthy \(25 % of the ranges away\)/);
  await set(page, 'A-0', 100);
  assert.match(await told(page, 'A'), /^Nothing is computed around this setting/);
  await page.$$eval('.side button', (all) => all[0].click());
  assert.match(await told(page, 'A'), /This is a computed point/);
  assert.deepEqual(page.troubles, []);
  await page.close();
});

test('judges an irritated nerve by its own levels', async () => {
  const page = await openPage(browser, file);
  for (const side of ['A', 'B']) {
    await set(page, `${side}-0`, -20);
    await set(page, `${side}-1`, 50);
  }
  await set(page, 'B-2', 1);
  assert.match(await told(page, 'A'), /^Level 0/);
  assert.match(await told(page, 'B'), /^Level 1: caution/);
  await page.close();
});

test('a question sets both sides, and names a claim as scenarios/claims has it', async () => {
  const page = await openPage(browser, file);
  assert.equal((await page.$$('.lessons li')).length, 5);
  await page.$eval('.lessons li button', (b) => b.click());
  assert.equal(await page.$eval('#A-1', (e) => e.value), '250');
  assert.equal(await page.$eval('#B-1', (e) => e.value), '125');
  for (const { claim, says } of lessons) {
    const folder = readdirSync(claims).find((name) => name.startsWith(`${claim}_`));
    assert.match(readFileSync(path.join(claims, folder, 'claim.toml'), 'utf8'), new RegExp(`^title = "${says}"$`, 'm'));
    assert.ok((await page.$eval('#lessons', (e) => e.textContent)).includes(`“${says}.” (claim ${claim})`));
  }
  await page.close();
});

test('a change is on the screen within 50 ms, also of a table of a thousand points', async (t) => {
  const steps = (from, to, count) => Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  const large = write(folder, 'large.html', JSON.stringify(table(steps(-20, 160, 25), steps(50, 250, 20))));
  for (const [what, of] of [['18 points', file], ['1000 points', large]]) {
    const page = await openPage(browser, of);
    const times = await page.evaluate(async () => {
      const slider = document.getElementById('A-1'), all = [];
      // What a change costs: the handler, the charts that it draws (uPlot draws in a microtask) and the layout. The screen shows it with the next frame.
      for (let v = 60; v <= 240; v += 6) {
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        const from = performance.now();
        slider.value = v;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); });
        document.body.getBoundingClientRect();
        all.push(performance.now() - from);
      }
      return all.sort((a, b) => a - b);
    });
    const median = times[Math.floor(times.length / 2)];
    t.diagnostic(`${what}: a change takes ${median.toFixed(1)} ms, at most ${times.at(-1).toFixed(1)} ms`);
    assert.ok(median < 50, `${what}: half of the changes took ${times.map((x) => x.toFixed(0))} ms`);
    await page.close();
  }
});

test('a damaged table is said to be damaged', async () => {
  for (const data of [JSON.stringify(table()).slice(0, -30), JSON.stringify({ ...table(), schema: 9 })]) {
    const page = await openPage(browser, write(folder, 'damaged.html', data));
    assert.match(await page.$eval('[role="alert"]', (e) => e.textContent), /damaged.*nerveload report FOLDER/);
    assert.equal(await page.$eval('#settings', (e) => e.hidden), true);
    await page.close();
  }
});

for (const [name, options] of [['desktop', {}], ['phone, dark', { viewport: phone, dark: true }]])
  test(`no serious accessibility fault and nothing sticks out: ${name}`, async () => {
    const page = await openPage(browser, file, options);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page is wider than the screen');
    assert.deepEqual(await faults(page), []);
    if (process.env.NERVELOAD_SHOTS) await page.screenshot({ path: path.join(process.env.NERVELOAD_SHOTS, `explorer_${name.slice(0, 5)}.png`), fullPage: true });
    await page.close();
  });
