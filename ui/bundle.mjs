// Bundles src/ into ../target/ui: every file named by its content, a gzipped twin beside each, and
// manifest.properties, which maps plain names to those names for the server.
import { build } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = join(here, '../target/ui');

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: ['es2022', 'chrome123', 'firefox121', 'safari17.5'],
  outdir: out,
  entryNames: '[name]-[hash]',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const bundles = await Promise.all([
  build({ ...common, entryPoints: ['src/page.js', 'src/query.js', 'src/main.css'], format: 'esm' }),
  build({ ...common, entryPoints: ['src/theme.js'], format: 'iife' }),
]);

const manifest = new Map();
for (const { metafile } of bundles) {
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint) manifest.set(basename(entryPoint), basename(file));
  }
}
const icon = await readFile(join(here, 'src/icon.svg'));
const iconHash = createHash('sha256').update(icon).digest('hex').slice(0, 8).toUpperCase();
manifest.set('icon.svg', `icon-${iconHash}.svg`);
await writeFile(join(out, manifest.get('icon.svg')), icon);

// The licences of everything bundled travel with the bundle.
const packages = new Set();
for (const { metafile } of bundles) {
  for (const input of Object.keys(metafile.inputs)) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
    if (name) packages.add(name);
  }
}
let licences = '';
for (const name of [...packages].sort()) {
  const folder = join(here, 'node_modules', name);
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(folder, file), 'utf8') : '';
  licences += `${name} ${version} (${license})\n\n${text.trim()}\n\n----\n\n`;
}
const licencesHash = createHash('sha256').update(licences).digest('hex').slice(0, 8).toUpperCase();
manifest.set('licences.txt', `licences-${licencesHash}.txt`);
await writeFile(join(out, manifest.get('licences.txt')), licences);

for (const name of await readdir(out)) {
  await writeFile(join(out, `${name}.gz`), gzipSync(await readFile(join(out, name)), { level: 9 }));
}
const lines = [...manifest].sort().map(([plain, hashed]) => `${plain}=${hashed}\n`);
await writeFile(join(out, 'manifest.properties'), lines.join(''));
