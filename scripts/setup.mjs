/**
 * The first step of `npm start` and `npm test`, for a machine that may have only Node 20, npm and git:
 * installs dependencies with pnpm and, if allowed, the programs named on the command line with apt-get.
 * Silent and quick when everything is installed. Plain JavaScript, because it runs before any dependency exists.
 *
 *   node scripts/setup.mjs [ffmpeg] [oiiotool] [chromium] [firefox-esr] [--require]
 *
 * With `--require`, a missing program that cannot be installed ends the command (1); otherwise the
 * command reports it and continues.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const STAMP = path.join(ROOT, 'node_modules', '.ihub-setup');
const WORKSPACE = ['.', 'schema', 'sync', 'ingestor', 'web', 'e2e', 'bench', 'fixtures', 'launch'];
const DEBIAN_PACKAGES = {
  ffmpeg: 'ffmpeg',
  oiiotool: 'openimageio-tools',
  chromium: 'chromium',
  'firefox-esr': 'firefox-esr',
};

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`IngestHub needs Node 20 or newer to set itself up; this is ${process.version}.`);
}
installDependencies();
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
installPrograms(wanted, process.argv.includes('--require'));

function installDependencies() {
  const hash = createHash('sha256');
  for (const file of [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...WORKSPACE.map((folder) => `${folder}/package.json`),
  ]) {
    hash.update(readFileSync(path.join(ROOT, file)));
  }
  const wantedStamp = `${hash.digest('hex')} ${process.platform} ${process.arch}`;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wantedStamp) return;

  say('Installing dependencies …');
  const { packageManager } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile'], 'The dependencies could not be installed');
  if (!process.env.CI && existsSync(path.join(ROOT, '.git'))) {
    run(path.join(ROOT, 'node_modules/.bin/lefthook'), ['install'], 'The git hooks could not be installed');
  }
  writeFileSync(STAMP, wantedStamp);
}

function installPrograms(programs, required) {
  const missing = programs.filter((program) => !onPath(program));
  if (missing.length === 0) return;
  const packages = missing.map((program) => DEBIAN_PACKAGES[program]).join(' ');
  const line = `apt-get install ${packages}`;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    say(`Installing ${packages} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' });
    const flags = ['install', '-y', '-q', '--no-install-recommends'];
    const result = spawnSync('apt-get', [...flags, ...packages.split(' ')], { env, encoding: 'utf8' });
    if (result.status === 0) return;
    process.stderr.write(result.stderr ?? '');
  }
  const sentence = `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not installed. On Debian: sudo ${line}`;
  if (required) fail(sentence);
  say(sentence);
}

function onPath(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs a command quietly and shows its output only on failure. */
function run(command, args, sentence) {
  const result = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}\n`);
  fail(`${sentence}: ${[command, ...args].join(' ')} ended with ${result.error?.message ?? result.status}.`);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
