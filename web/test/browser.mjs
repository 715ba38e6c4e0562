// A real headless Chromium on a page from disk, with the network off.
import { launch } from 'puppeteer-core';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

export function results() {
  const folder = process.env.NERVELOAD_RESULTS;
  if (!folder || !existsSync(path.join(folder, 'report.html'))) throw new Error('NERVELOAD_RESULTS names no folder with a report.html');
  return folder;
}

/** The page of one of the runs beside it: stroke, hold, no_roller. */
export const shown = (kind) => path.join(path.dirname(results()), kind, 'report.html');

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

export function openBrowser() {
  if (!chromium) throw new Error('no Chromium is installed (CHROMIUM names it)');
  return launch({
    executablePath: chromium,
    headless: true,
    protocolTimeout: 120000,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--force-color-profile=srgb'],
  });
}

/** Opens a page and waits until it is drawn. `page.troubles` collects everything that a console or the network complains about. */
export async function openPage(browser, file, { viewport = desktop, dark = false, block = [], ready = true } = {}) {
  const page = await browser.newPage();
  page.troubles = [];
  page.on('console', (message) => { if (['error', 'warn'].includes(message.type())) page.troubles.push(`${message.type()}: ${message.text()}`); });
  page.on('pageerror', (error) => page.troubles.push(`exception: ${error.message}`));
  page.on('request', (request) => { if (!/^(file|data|blob):/.test(request.url())) page.troubles.push(`request: ${request.url()}`); });
  page.on('requestfailed', (request) => page.troubles.push(`failed: ${request.url().slice(0, 80)}`));
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.setOfflineMode(true);
  for (const script of block) await page.evaluateOnNewDocument(script);
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  if (ready) await page.waitForSelector('html[data-ready]', { timeout: 60000 });
  return page;
}

/** The pixels of a part of the page: {width, height, data} (RGBA), decoded by the browser itself. */
export async function pixels(page, selector) {
  const element = await page.$(selector);
  const png = await element.screenshot({ encoding: 'base64' });
  const helper = await page.browser().newPage();
  const decoded = await helper.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = '';
    for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode(...data.subarray(i, i + 32768));
    return { width: image.width, height: image.height, text: btoa(text) };
  }, png);
  await helper.close();
  return { width: decoded.width, height: decoded.height, data: Buffer.from(decoded.text, 'base64') };
}

export const settle = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Moves a slider as a hand does. */
export async function slide(page, id, value) {
  await page.$eval(`#${id}`, (input, v) => { input.value = v; input.dispatchEvent(new Event('input', { bubbles: true })); }, String(value));
  await settle(page);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious and critical faults that axe-core finds with everything unfolded, in words. */
export async function faults(page) {
  await page.$$eval('details', (all) => all.forEach((d) => { d.open = true; }));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  return violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}

/** Share of pixels that differ by more than a little. */
export function difference(a, b) {
  if (a.data.length !== b.data.length) return 1;
  let differing = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    const d = Math.abs(a.data[i] - b.data[i]) + Math.abs(a.data[i + 1] - b.data[i + 1]) + Math.abs(a.data[i + 2] - b.data[i + 2]);
    differing += d > 24;
  }
  return differing / (a.data.length / 4);
}

/** Share of pixels near a colour. */
export function shareOf(image, [r, g, b], within = 40) {
  let near = 0;
  for (let i = 0; i < image.data.length; i += 4) near += Math.abs(image.data[i] - r) < within && Math.abs(image.data[i + 1] - g) < within && Math.abs(image.data[i + 2] - b) < within;
  return near / (image.data.length / 4);
}
