/** Checks that hold after any ingest, whatever the delivery contains; each lists the counterexamples. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Sql } from 'postgres';
import { checkDerivatives } from './derivative-checks.ts';
import { stateOfOriginals } from './originals-state.ts';
import { filesOf, type SoakedAsset, statusesOf } from './soaked-assets.ts';
import { longestWork, type WorkTime } from './work-times.ts';

export interface Check {
  readonly name: string;
  /** Empty when the check holds. */
  readonly wrong: readonly string[];
}

export interface Soaked {
  readonly delivery: string;
  readonly derivatives: string;
  readonly sql: Sql;
  readonly assets: readonly SoakedAsset[];
  readonly times: readonly WorkTime[];
  /** The state of the originals before the ingest. */
  readonly originals: ReadonlyMap<string, string>;
  readonly pid: number;
  readonly signal: AbortSignal;
}

export async function checkSoaked(soaked: Soaked): Promise<Check[]> {
  const { assets } = soaked;
  return [
    { name: 'the ingestor is the process that was started', wrong: await otherProcess(soaked) },
    { name: 'every file belongs to exactly one asset', wrong: unequalFiles(soaked) },
    { name: 'nothing is pending', wrong: say(assets, (asset) => statusesOf(asset).includes('pending')) },
    {
      name: 'media has facts, or a problem',
      wrong: say(assets, ({ fileType, hasFacts, problem }) => fileType !== 'other' && !hasFacts && problem === null),
    },
    {
      name: 'failed work has a problem',
      wrong: say(assets, (asset) => statusesOf(asset).includes('failed') && asset.problem === null),
    },
    { name: 'problems are sentences', wrong: say(assets, (asset) => !isSentence(asset.problem, soaked)) },
    { name: 'derivatives can be shown and played', wrong: await brokenDerivatives(soaked) },
    { name: 'no job is left', wrong: await jobsLeft(soaked.sql) },
    { name: 'nothing unfinished is left', wrong: await halfMade(soaked.derivatives) },
    { name: 'the originals are unchanged', wrong: await changedOriginals(soaked) },
    { name: 'no work exceeded the time limits of its programs', wrong: tooLong(soaked) },
  ];
}

function say(assets: readonly SoakedAsset[], isWrong: (asset: SoakedAsset) => boolean): string[] {
  return assets.filter(isWrong).map((asset) => `${JSON.stringify(asset.path)}: ${statusesOf(asset)} ${asset.problem}`);
}

async function otherProcess({ sql, pid }: Soaked): Promise<string[]> {
  const rows = await sql<{ host: string; pid: number }[]>`SELECT host, pid FROM ingestors`;
  const wrong = rows.filter((row) => row.pid !== pid).map((row) => `${row.host} is process ${row.pid}, not ${pid}`);
  try {
    process.kill(pid, 0);
  } catch {
    wrong.push(`process ${pid} has ended`);
  }
  return rows.length === 1 ? wrong : [...wrong, `${rows.length} ingestors`];
}

function unequalFiles({ assets, originals }: Soaked): string[] {
  const owners = Map.groupBy(
    assets.flatMap((asset) => filesOf(asset).map((file) => ({ file, of: asset.path }))),
    ({ file }) => file,
  );
  const wrong = [...originals.keys()].filter((file) => !owners.has(file)).map((file) => `no asset has ${name(file)}`);
  for (const [file, of] of owners) {
    if (!originals.has(file)) wrong.push(`${name(file)} does not exist`);
    if (of.length > 1) wrong.push(`${of.length} assets have ${name(file)}`);
  }
  return wrong;
}

const name = (file: string) => JSON.stringify(file);

/** Returns true for a clean sentence, without raw tool output or signs of our own mistakes. */
function isSentence(problem: string | null, { delivery, derivatives }: Soaked): boolean {
  if (problem === null) return true;
  const folders = [delivery, derivatives].some((folder) => problem.includes(folder));
  // A memory address of Linux starts with 55, 56 or 7f and has twelve digits, or is one that ffmpeg prints for its parts;
  // offsets in a file are useful, and a damaged file claims long ones.
  const babble =
    /\p{Cc}|\[object|\b(?:undefined|NaN|TypeError|ENOENT|EISDIR)\b|@ 0x[0-9a-f]|\b0x(?:5[56]|7f)[0-9a-f]{10}\b/u.test(
      problem,
    );
  return !folders && !babble && problem.length <= 400 && /^\S.*\S[.!?]$/u.test(problem) && !/ {2}|\.\.$/.test(problem);
}

async function brokenDerivatives({ assets, derivatives, signal }: Soaked): Promise<string[]> {
  const wrong: string[] = [];
  const waiting = assets.values();
  const worker = async () => {
    for (const asset of waiting) wrong.push(...(await checkDerivatives(asset, derivatives, signal)));
  };
  await Promise.all([worker(), worker()]);
  return wrong;
}

async function jobsLeft(sql: Sql): Promise<string[]> {
  const rows = await sql<{ words: string }[]>`
    SELECT concat_ws(' ', count(*), split_part(name, '.', 1), state) AS words FROM pgboss.job
    WHERE state IN ('created', 'retry', 'active', 'failed') GROUP BY split_part(name, '.', 1), state`;
  return rows.map(({ words }) => words);
}

async function halfMade(derivatives: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of await readdir(derivatives)) {
    if (folder.startsWith('.making-'))
      found.push(...(await readdir(path.join(derivatives, folder), { recursive: true })));
  }
  return found;
}

async function changedOriginals({ delivery, originals }: Soaked): Promise<string[]> {
  const now = await stateOfOriginals(delivery);
  return [...new Set([...originals.keys(), ...now.keys()])]
    .filter((file) => originals.get(file) !== now.get(file))
    .map((file) => `${name(file)}: was ${originals.get(file)}, is ${now.get(file)}`);
}

function tooLong({ assets, times }: Soaked): string[] {
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  return times.flatMap((time) => {
    const asset = byId.get(time.asset);
    if (asset === undefined || time.seconds <= longestWork(time, asset)) return [];
    return [`${name(asset.path)}: ${time.kind} ${time.seconds.toFixed(1)} s`];
  });
}
