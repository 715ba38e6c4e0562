// report.html of runs of other kinds: a stroke, a hold of tissue that relaxes, and a leg without a roller.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { difference, faults, openBrowser, openPage, phone, pixels, shown, slide } from './browser.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const kinds = [
  { kind: 'stroke', heading: 'The stroke of the roller', last: /: the roller rolls with \d+ N, \d+ mm in, after \d+ s$/, roller: true },
  { kind: 'hold', heading: 'While the load is held', last: /: the load is held with \d+ N, \d+ mm in, after \d+ s$/, roller: true },
  { kind: 'no_roller', heading: 'While the posture is taken', last: /: the posture alone$/, roller: false },
];

for (const { kind, heading, last, roller } of kinds) {
  test(`${kind}: words, sliders, charts and model fit the run`, async () => {
    const page = await openPage(browser, shown(kind));
    assert.equal(await page.$eval('#history-title', (e) => e.textContent), heading);
    const steps = Number(await page.$eval('#step', (e) => e.max)) + 1;
    assert.ok(steps >= 2, `${steps} steps`);
    await slide(page, 'step', 0);
    assert.equal(await page.$eval('#step-words', (e) => e.textContent), `1 of ${steps}: nothing presses yet`);
    const first = await pixels(page, '#view');
    const told = new Set();
    for (let step = 1; step < steps; ++step) {
      await slide(page, 'step', step);
      told.add(await page.$eval('#step-words', (e) => e.textContent));
    }
    assert.equal(told.size, steps - 1, [...told].join(' | '));
    assert.match([...told].at(-1), last);
    assert.ok(difference(first, await pixels(page, '#view')) > 0.003, 'the last step looks like the first');
    assert.equal(await page.$eval('#show-roller', (e) => e.closest('label').hidden), !roller);
    assert.equal((await page.$$('.uplot')).length, roller ? 4 : 3);
    const [text, facts] = await page.evaluate(() => [document.body.innerText, document.querySelector('dl.figures').textContent]);
    assert.equal(/Skin under the roller/.test(facts), roller);
    assert.doesNotMatch(text, /undefined|NaN|\bnull\b/);
    assert.deepEqual(page.troubles, []);
    await page.close();
  });

  test(`${kind}: fits a phone and has no serious accessibility fault`, async () => {
    const page = await openPage(browser, shown(kind), { viewport: phone });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page is wider than the screen');
    assert.deepEqual(await faults(page), []);
    await page.close();
  });
}
