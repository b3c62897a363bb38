/** `ihub doctor`: runs every check of this host and the database; exit status 1 when one failed. */
import { EnvironmentError } from '@ingesthub/schema/environment/parse-environment.ts';
import { type HostSettings, readHostSettings } from '../../../settings/config.ts';
import { VERSION } from '../../../settings/version.ts';
import { checkConnection, connect, DatabaseUnreachable } from '../../../sql/client.ts';
import { listIngestors } from '../../../sql/ingestors.ts';
import { listRoots } from '../../../sql/reports.ts';
import type { Command } from '../../context/command-context.ts';
import { databaseFacts, databaseFindings } from './database-check.ts';
import { type Finding, failed, ok } from './finding.ts';
import { folderBytes } from './folder-bytes.ts';
import { datasetFindings, derivativeFindings, folderFacts } from './folders-check.ts';
import { ingestorFindings } from './ingestors-check.ts';
import { limitFacts, limitFindings } from './limits-check.ts';
import { lostDerivativesFinding } from './lost-derivatives-check.ts';
import { askModel, modelFindings } from './model-check.ts';
import { readMounts } from './mounts.ts';
import { type RootFacts, rootFacts, rootFindings } from './roots-check.ts';
import { toolFacts, toolFindings } from './tools-check.ts';

export const doctorCommand: Command = async ({ options }, { output, signal, setFailed }) => {
  const checks = await allFindings(options['online'] === true, signal);
  const isWell = checks.every(({ status }) => status !== 'failed');
  if (!isWell) setFailed();
  output.result({ ok: isWell, checks }, findingLines(checks));
};

export function findingLines(checks: readonly Finding[]): string[] {
  const count = (status: Finding['status']) => checks.filter((finding) => finding.status === status).length;
  return [
    ...checks.flatMap(({ check, status, message, advice }) => [
      `${status.padEnd(8)} ${check}: ${message}`,
      ...(advice === null ? [] : [`         → ${advice}`]),
    ]),
    '',
    `${count('ok')} ok, ${count('warning')} to review, ${count('failed')} failed`,
  ];
}

async function allFindings(isOnline: boolean, signal: AbortSignal): Promise<Finding[]> {
  const host = ok('version', `IngestHub ${VERSION} on Node ${process.versions.node}`);
  let settings: HostSettings;
  try {
    settings = readHostSettings();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return [host, failed('environment', error.message)];
  }
  const mounts = await readMounts();
  const seen = await Promise.all(settings.mediaRoots.map((path) => rootFacts(path, mounts)));
  const [tools, database, folders, limits, answer] = await Promise.all([
    toolFacts(signal),
    databaseAndIngestors(settings, signal),
    foldersOf(settings, seen, signal),
    limitFacts(),
    isOnline ? askModel(settings.model, signal) : null,
  ]);
  const roots = seen.map((facts) => {
    const hadSentinel = database.hadSentinel.get(facts.real ?? facts.path) ?? null;
    return { ...facts, hadSentinel };
  });
  return [
    host,
    ...toolFindings(tools),
    ...rootFindings(roots),
    ...derivativeFindings(folders.derivatives, folders.limits),
    ...datasetFindings(folders.datasets),
    ...database.findings,
    ...modelFindings({ model: settings.model, answer }),
    ...limitFindings(limits),
  ];
}

async function foldersOf(settings: HostSettings, seen: readonly RootFacts[], signal: AbortSignal) {
  const { derivativeFolder, datasetsRoot, minFree, derivativeQuota: quota } = settings;
  const roots = seen.map(({ real, path }) => real ?? path);
  const where = { mediaRoots: roots, mounts: await readMounts() };
  return {
    // Counted only when a quota is set: there may be a million files.
    limits: { minFree, quota, used: quota === null ? null : await folderBytes(derivativeFolder, signal) },
    derivatives: await folderFacts(derivativeFolder, 'file', { ...where, mayCreate: true }),
    datasets: datasetsRoot === null ? null : await folderFacts(datasetsRoot, 'symlink', { ...where, mayCreate: false }),
  };
}

interface DatabaseResult {
  readonly findings: Finding[];
  /** Whether an ingestor has seen the sentinel of each of this host's roots, by path. */
  readonly hadSentinel: ReadonlyMap<string, boolean>;
}

async function databaseAndIngestors(settings: HostSettings, signal: AbortSignal): Promise<DatabaseResult> {
  const { databaseUrl, host, derivativeFolder: folder } = settings;
  const hadSentinel = new Map<string, boolean>();
  if (databaseUrl === null) {
    const advice = 'start it with npm start, or set DATABASE_URL';
    return {
      findings: [failed('database', 'No database is configured, and IngestHub is not running here.', advice)],
      hadSentinel,
    };
  }
  const sql = connect(databaseUrl, { max: 1 });
  try {
    await checkConnection(sql, databaseUrl);
    const facts = await databaseFacts(sql);
    const findings = databaseFindings(facts);
    if (facts.pendingMigrations.length > 0) return { findings, hadSentinel };
    const roots = (await listRoots(sql)).filter((root) => root.host === host);
    for (const root of roots) hadSentinel.set(root.path, root.has_sentinel);
    const rootIds = roots.map(({ id }) => id);
    findings.push(await lostDerivativesFinding(rootIds, { sql, folder, signal }));
    findings.push(...ingestorFindings(await listIngestors(sql), { host, version: VERSION }));
    return { findings, hadSentinel };
  } catch (error) {
    if (!(error instanceof DatabaseUnreachable)) throw error;
    return { findings: [failed('database', error.message, 'start it, or correct DATABASE_URL')], hadSentinel };
  } finally {
    await sql.end({ timeout: 1 });
  }
}
