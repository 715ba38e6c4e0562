// Bundles script and style of the pages into a folder: node build.mjs FOLDER. The same sources give the same bytes.
import { build } from 'esbuild';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const into = path.resolve(process.argv[2] ?? path.join(here, 'built'));
await mkdir(into, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: ['src/report.js', 'src/explorer.js', 'src/style.css'],
  outdir: into,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
});
for (const page of ['report.html', 'explorer.html']) await copyFile(path.join(here, 'src', page), path.join(into, page));
