// report.html as it may arrive: cut off, or with bytes changed on the way.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser, openPage, results } from './browser.mjs';

const whole = readFileSync(path.join(results(), 'report.html'), 'utf8');
let browser, folder;
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'nerveload-damaged-'));
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

function open(text, options) {
  const file = path.join(folder, 'report.html');
  writeFileSync(file, text);
  return openPage(browser, file, options);
}

const alert = (page) => page.$eval('[role="alert"]', (e) => e.textContent);

test('a file that ends before its script says what that means', async () => {
  const page = await open(whole.slice(0, whole.indexOf('id="data"') + 5000), { ready: false });
  assert.match(await page.$eval('#view', (e) => e.textContent), /If nothing follows, this file was cut off/);
  assert.match(await page.$eval('#verdict', (e) => e.textContent), /load on the sciatic nerve/);
  await page.close();
});

test('figures that cannot be read are said to be so, and the verdict stays', async () => {
  const at = whole.indexOf('"frames":');
  const page = await open(`${whole.slice(0, at)}#${whole.slice(at + 1)}`);
  assert.match(await alert(page), /damaged or was cut off.*nerveload report FOLDER/);
  assert.equal(await page.$eval('#controls', (e) => e.hidden), true);
  assert.match(await page.$eval('#verdict', (e) => e.textContent), /load on the sciatic nerve/);
  await page.close();
});

test('data of another version are said to be so', async () => {
  const page = await open(whole.replace('id="data">{"schema":1', 'id="data">{"schema":7'));
  assert.match(await alert(page), /schema 7/);
  await page.close();
});

test('a damaged model leaves the charts', async () => {
  const at = whole.indexOf('"zlib":"') + 4000;
  const page = await open(`${whole.slice(0, at)}AAAAAAAA${whole.slice(at + 8)}`);
  assert.match(await page.$eval('#view', (e) => e.textContent), /is damaged in this file/);
  assert.ok((await page.$$('.uplot')).length >= 3);
  await page.close();
});
