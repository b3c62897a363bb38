/** `npm run check`, imports: rooms import only rooms below them, packages only packages below them, and no folders form a cycle. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findCycles } from './find-cycles.ts';

/** Folders of one parent, lowest first: each may import those before it. `.` stands for the files directly in the parent. */
export type Layers = Readonly<Record<string, readonly string[]>>;

const ROOMS: Layers = {
  'schema/src': ['values', 'paths', 'environment', 'library', 'database', 'mutations', 'replica'],
  'web/src/replica': [
    'model',
    'storage',
    'mirror',
    'network',
    'read',
    'write',
    'follow',
    'safety',
    'open',
    'tabs',
    'image',
  ],
  'web/src/views/workspace': ['changes', 'list', 'tile', 'grid', 'filter', 'poses', 'export', 'edit', 'panel', '.'],
  'ingestor/src': [
    'scan',
    'analyze',
    'settings',
    'media',
    'log',
    'sql',
    'roots',
    'link',
    'derivatives',
    'metrics',
    'jobs',
    'watch',
    'daemon',
    'cli',
    '.',
  ],
  'ingestor/src/analyze': ['names', 'people', 'rules', 'reading', 'model', 'kinds', '.'],
  'ingestor/src/media': ['tools', 'facts', 'picture', 'colour', 'exr', 'face', 'raw', 'still', 'video', '.'],
  'ingestor/src/jobs': ['queue', 'incoming', 'assets', 'register', '.'],
  'ingestor/src/cli': ['spec', 'terminal', 'context', 'completion', 'commands', '.'],
  'sync/src': [
    'http',
    'settings',
    'shapes',
    'shape-engine',
    'derivatives',
    'upkeep',
    'auth',
    'mutators',
    'originals',
    'prepared-projects',
    'replica-image',
    'routes',
    '.',
  ],
  'sync/src/shape-engine': [
    'postgres',
    'where',
    'wire',
    'log',
    'protocol',
    'snapshot',
    'subset',
    'shapes',
    'serve',
    '.',
  ],
};

/** Packages and those whose product code each may import. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  schema: [],
  ingestor: ['schema'],
  sync: ['schema'],
  web: ['schema'],
  fixtures: ['schema', 'ingestor'],
  launch: ['schema', 'fixtures'],
};

/** A product file and the product files that it imports, as paths from the repository's root. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** Returns one sentence for each import that breaks a rule, and one for each cycle of folders. */
export function findViolations(imports: Imports, rooms: Layers, packages: Readonly<Record<string, readonly string[]>>) {
  const violations: string[] = [];
  for (const [file, targets] of imports) {
    for (const target of targets) {
      const [from, to] = [packageOf(file), packageOf(target)];
      if (from !== to && packages[from] !== undefined && !packages[from].includes(to))
        violations.push(`${file} imports ${target}: ${from} may import ${packages[from].join(', ') || 'no package'}.`);
      for (const [parent, order] of Object.entries(rooms)) {
        const [above, below] = [roomOf(parent, file), roomOf(parent, target)];
        if (above === null || below === null) continue;
        for (const room of [above, below])
          if (!order.includes(room))
            violations.push(`${parent}/${room} is in no layer: add it to scripts/import-layers.ts.`);
        if (order.indexOf(above) >= 0 && order.indexOf(below) > order.indexOf(above))
          violations.push(`${file} imports ${target}: in ${parent}, ${above} is below ${below}.`);
      }
    }
  }
  for (const cycle of findCycles(folderImports(imports)))
    violations.push(`Folders import each other in a cycle: ${cycle.join(', ')}.`);
  return [...new Set(violations)];
}

function folderImports(imports: Imports): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const [file, targets] of imports) {
    const folder = path.posix.dirname(file);
    const others = folders.get(folder) ?? new Set();
    for (const target of targets) if (path.posix.dirname(target) !== folder) others.add(path.posix.dirname(target));
    folders.set(folder, others);
  }
  return folders;
}

function packageOf(file: string): string {
  return file.slice(0, file.indexOf('/'));
}

/** Returns the child of `parent` that holds a file; null outside it. */
function roomOf(parent: string, file: string): string | null {
  if (!file.startsWith(`${parent}/`)) return null;
  const rest = file.slice(parent.length + 1);
  return rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : '.';
}

const TEST_CODE = /\.test\.tsx?$|(^|\/)(testing|soak|contract|convergence)\//;

/** Reads the imports of all product files; tests and their helpers may import anything. */
function readImports(): Imports {
  const listed = execFileSync('git', ['ls-files', '*.ts', '*.tsx'], { encoding: 'utf8' }).split('\n');
  const files = listed.filter((file) => file.includes('/src/') && existsSync(file) && !TEST_CODE.test(file));
  return new Map(
    files.map((file) => {
      const specifiers = [...readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)];
      const targets = specifiers.map(([, specifier = '']) => resolveImport(file, specifier));
      return [file, targets.filter((target): target is string => target !== null)];
    }),
  );
}

/** Returns the repository's file that a specifier names; null for packages of others and for types of assets. */
function resolveImport(file: string, specifier: string): string | null {
  const own = /^@ingesthub\/([^/]+)\/(.+)$/.exec(specifier);
  const target = own
    ? `${own[1]}/src/${own[2]}`
    : specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''))
      : null;
  return target !== null && /\.tsx?$/.test(target) && existsSync(target) ? target : null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const violations = findViolations(readImports(), ROOMS, PACKAGES);
  for (const violation of violations) console.error(violation);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
