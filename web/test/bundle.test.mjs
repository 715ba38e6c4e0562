// The committed bundle is what the sources and the lockfile give.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const web = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

test('a rebuild gives the committed bytes', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'nerveload-bundle-'));
  try {
    execFileSync(process.execPath, [path.join(web, 'build.mjs'), folder]);
    const names = readdirSync(path.join(web, 'built')).sort();
    assert.deepEqual(readdirSync(folder).sort(), names);
    for (const name of names)
      assert.ok(readFileSync(path.join(folder, name)).equals(readFileSync(path.join(web, 'built', name))), `web/built/${name} is not what npm run build makes`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
