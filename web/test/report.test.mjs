// report.html of a real run in a real browser. NERVELOAD_RESULTS names the results, NERVELOAD_PROGRAM the program.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { desktop, difference, faults, openBrowser, openPage, phone, pixels, results, settle, shareOf, slide } from './browser.mjs';

const file = path.join(results(), 'report.html');
let browser;

before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

test('opens from disk without network, silently, and soon', async (t) => {
  // What else the machine does is not the page's doing: the quickest of a few openings counts.
  let soonest = Infinity;
  for (let opened = 0; opened < 4 && soonest >= 2000; ++opened) {
    const page = await openPage(browser, file);
    const ms = Number(await page.$eval('html', (e) => e.dataset.firstPictureMs));
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
    t.diagnostic(`model on the screen after ${ms} ms, first paint after ${paint.toFixed(0)} ms, ${statSync(file).size} bytes`);
    assert.deepEqual(page.troubles, []);
    soonest = Math.min(soonest, Math.max(ms, paint));
    await page.close();
  }
  assert.ok(soonest < 2000, `first picture after ${soonest} ms`);
  assert.ok(statSync(file).size < 10 * 2 ** 20, `${statSync(file).size} bytes`);
});

test('draws leg, bones, roller and nerve', async () => {
  const page = await openPage(browser, file);
  const image = await pixels(page, '#view');
  const colours = new Set();
  for (let i = 0; i < image.data.length; i += 4) colours.add((image.data[i] >> 3) * 1024 + (image.data[i + 1] >> 3) * 32 + (image.data[i + 2] >> 3));
  assert.ok(colours.size > 200, `${colours.size} colours`);
  const inside = 4 * (12 * image.width + 12);  // past the border
  const stage = [...image.data.subarray(inside, inside + 3)];
  const drawn = 1 - shareOf(image, stage, 6);
  assert.ok(drawn > 0.15 && drawn < 0.9, `${drawn} of the stage is drawn on`);
  await page.$eval('#show-bones', (e) => e.click());
  await settle(page);
  const boneless = await pixels(page, '#view');
  assert.ok(difference(image, boneless) > 0.005, 'hiding the bones changes nothing');
  await page.$eval('#show-roller', (e) => e.click());
  await settle(page);
  const rollerless = await pixels(page, '#view');
  assert.ok(difference(boneless, rollerless) > 0.005, 'hiding the roller changes nothing');
  await page.$eval('#show-tissue', (e) => e.click());
  await settle(page);
  const nerve = await pixels(page, '#view');
  assert.ok(1 - shareOf(nerve, stage, 6) > 0.003, 'no nerve is left');
  await page.close();
});

test('sliders and choices change the picture', async () => {
  const page = await openPage(browser, file);
  let before = await pixels(page, '#view');
  const changes = async (what) => {
    await settle(page);
    const now = await pixels(page, '#view');
    assert.ok(difference(before, now) > 0.003, `${what} changes ${difference(before, now)} of the picture`);
    before = now;
  };
  await slide(page, 'step', 0);
  await changes('the first step');
  assert.match(await page.$eval('#step-words', (e) => e.textContent), /^1 of \d+: nothing presses yet$/);
  await slide(page, 'step', 99);
  await changes('the last step');
  await slide(page, 'cut', 0);
  await changes('no cut');
  await slide(page, 'cut', 99);
  await changes('the deepest cut');
  await page.select('#tissue-field', 'pressure_kPa');
  await changes('another tissue field');
  await page.select('#nerve-field', 'strain_percent');
  await changes('another nerve field');
  for (const view of ['knee', 'below', 'inside']) {
    await page.click(`[data-look="${view}"]`);
    await changes(`looking from ${view}`);
  }
  await page.focus('#view');
  await page.keyboard.press('ArrowLeft');
  await changes('an arrow key');
  await page.keyboard.press('Home');
  await changes('Home');
  assert.deepEqual(page.troubles, []);
  await page.close();
});

test('a place on a chart is told and marked in the model, and one in the model on the chart', async () => {
  const page = await openPage(browser, file);
  const image = await pixels(page, '#view');
  const over = await page.$('#profile .u-over');
  await over.scrollIntoView();
  const box = await over.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await settle(page);
  assert.match(await page.$eval('#readout', (e) => e.textContent), /^Nerve, .*sitting bone: pressed by .* kPa/);
  assert.ok(shareOf(await pixels(page, '#view'), [214, 0, 108], 60) > 0.0003, 'no mark in the model');
  assert.equal(shareOf(image, [214, 0, 108], 60) > 0.0003, false);
  await page.focus('#profile .plot');
  await page.keyboard.press('ArrowRight');
  const first = await page.$eval('#readout', (e) => e.textContent);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await page.$eval('#readout', (e) => e.textContent), first);
  // Somewhere on the leg there is something to be told.
  const view = await (await page.$('#view')).boundingBox();
  await page.evaluate(() => document.getElementById('view').scrollIntoView());
  const told = new Set();
  const at = await (await page.$('#view')).boundingBox();
  for (let i = 1; i < 8; ++i) {
    await page.mouse.move(at.x + (view.width * i) / 8, at.y + view.height / 2);
    await settle(page);
    told.add(await page.$eval('#readout', (e) => e.textContent));
  }
  assert.ok([...told].some((words) => /(kPa|%)/.test(words) && !/^Nerve/.test(words)), [...told].join(' | '));
  await page.close();
});

test('the scenario that it gives is one that the program accepts', async () => {
  const page = await openPage(browser, file);
  const folder = mkdtempSync(path.join(tmpdir(), 'nerveload-download-'));
  try {
    const session = await browser.target().createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
    await page.click('#download-scenario');
    await page.click('#download-profile');
    let names = [];
    for (let tries = 0; tries < 100 && names.length < 2; ++tries) {
      await new Promise((done) => setTimeout(done, 100));
      names = readdirSync(folder).filter((name) => /\.(toml|csv)$/.test(name));
    }
    const scenario = path.join(folder, names.find((name) => name.endsWith('.toml')));
    assert.equal(readFileSync(scenario, 'utf8'), readFileSync(path.join(results(), 'scenario.toml'), 'utf8'));
    const said = execFileSync(process.env.NERVELOAD_PROGRAM, ['check', scenario], { encoding: 'utf8' });
    assert.match(said, /schema = 1/);
    // It runs; with a little load, so that it does not take long.
    const out = path.join(folder, 'out');
    execFileSync(process.env.NERVELOAD_PROGRAM, ['run', scenario, '-q', '-o', out, '--set', 'load.force_N=15', '--set', 'output.pictures=false'], { stdio: 'pipe' });
    assert.equal(JSON.parse(readFileSync(path.join(out, 'summary.json'), 'utf8')).status, 'complete');
    const table = readFileSync(path.join(folder, names.find((name) => name.endsWith('.csv'))), 'utf8').trim().split('\n');
    assert.ok(table[0].startsWith('arc_length_mm,compression_kPa,') && table.length > 30);
  } finally {
    rmSync(folder, { recursive: true });
  }
  await page.close();
});

for (const [name, options] of [['desktop', {}], ['desktop, dark', { dark: true }], ['phone', { viewport: phone }], ['phone, dark', { viewport: phone, dark: true }]])
  test(`no serious accessibility fault and nothing sticks out: ${name}`, async () => {
    const page = await openPage(browser, file, { viewport: desktop, ...options });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page is wider than the screen');
    assert.deepEqual(await faults(page), []);
    await page.close();
  });

test('everything is reached and moved by keys alone', async () => {
  const page = await openPage(browser, file);
  const reached = [];
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press('Tab');
    const { name, outline, page: whole } = await page.evaluate(() => {
      const e = document.activeElement;
      if (e === document.body) return { page: true };
      return { name: e.id || e.dataset.look || e.dataset.turn || e.getAttribute('aria-label') || e.textContent.slice(0, 40), outline: getComputedStyle(e).outlineStyle };
    });
    if (whole || reached.includes(name)) break;
    assert.notEqual(outline, 'none', `${name} shows no focus`);
    reached.push(name);
  }
  for (const name of ['view', 'step', 'cut', 'tissue-field', 'nerve-field', 'show-bones', 'knee', 'nearer', 'download-scenario', 'download-profile'])
    assert.ok(reached.includes(name), `${name} is not among ${reached.join(', ')}`);
  assert.ok(reached.filter((name) => /arrow keys move along the chart/.test(name)).length >= 3);
  const before = await page.$eval('#step-words', (e) => e.textContent);
  await page.focus('#step');
  await page.keyboard.press('ArrowLeft');
  assert.notEqual(await page.$eval('#step-words', (e) => e.textContent), before);
  await page.focus('#show-bones');
  const bones = await pixels(page, '#view');
  await page.keyboard.press('Space');
  await settle(page);
  assert.ok(difference(bones, await pixels(page, '#view')) > 0.005, 'the space bar does not hide the bones');
  await page.close();
});

test('the cut through the leg is dark where the page is', async () => {
  for (const dark of [false, true]) {
    const page = await openPage(browser, file, { dark });
    await page.$eval('figure img', (image) => image.decode());
    const image = await pixels(page, 'figure img');
    const corner = image.data[4 * (6 * image.width + 6)];
    assert.ok(dark ? corner < 60 : corner > 240, `${corner} in the corner of the picture, dark: ${dark}`);
    await page.close();
  }
});

test('without WebGL the page says so and keeps its charts', async () => {
  const page = await openPage(browser, file, { block: ['HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, { apply: (f, self, args) => (/webgl/.test(args[0]) ? null : f.apply(self, args)) });'] });
  assert.match(await page.$eval('#view', (e) => e.textContent), /cannot be shown in this browser/);
  assert.ok((await page.$$('.uplot')).length >= 3);
  await page.close();
});
