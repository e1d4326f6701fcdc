// The UI's whole build: installs what package-lock.json names and bundles it, each only if what it
// is made from has changed since. Runs as `node build.mjs`; the Maven build does.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const installed = join(here, 'node_modules/.installed');
const bundled = join(here, '../target/ui/.inputs');

function hashOf(...files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(join(here, file)));
  return hash.digest('hex');
}

function stampOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: here, stdio: 'inherit' });
  if (error || status !== 0) {
    console.error(`The UI was not built: "${command} ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}. It needs Node 20 or newer with npm.`);
    process.exit(1);
  }
}

const packages = hashOf('package.json', 'package-lock.json');
if (stampOf(installed) !== packages) {
  // NPM_CLI: the npm beside a Node that is not on the PATH (Build.java).
  const npm = process.env.NPM_CLI ? [process.execPath, process.env.NPM_CLI] : ['npm'];
  run(...npm, 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(installed, packages);
}
const sources = readdirSync(join(here, 'src')).sort().map((name) => `src/${name}`);
const inputs = hashOf('package-lock.json', 'bundle.mjs', ...sources);
if (stampOf(bundled) !== inputs) {
  run(process.execPath, 'bundle.mjs');
  writeFileSync(bundled, inputs);
}
