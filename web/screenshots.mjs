// Pictures of a page for the documentation: node screenshots.mjs PAGE.html OUT.png [phone] [tall] [dark] [full] [#part to scroll to] [.thing to click]
import { writeFileSync } from 'node:fs';
import { desktop, openBrowser, openPage, phone } from './test/browser.mjs';

const [file, out, ...words] = process.argv.slice(2);
const browser = await openBrowser();
try {
  const page = await openPage(browser, file, { viewport: words.includes('phone') ? phone : { ...desktop, ...(words.includes('tall') && { height: 1180 }) }, dark: words.includes('dark') });
  const thing = words.find((w) => w.startsWith('.'));
  if (thing) await page.$eval(thing, (e) => e.click());
  const part = words.find((w) => w.startsWith('#'));
  if (part) await page.$eval(part, (e) => e.scrollIntoView());
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  writeFileSync(out, await page.screenshot({ fullPage: words.includes('full') }));
  if (page.troubles.length) console.error(page.troubles.join('\n'));
} finally {
  await browser.close();
}
