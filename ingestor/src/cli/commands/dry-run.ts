/** Predicts what an ingest would register and make, given what the library already has of the folder. */
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import type { ScannedAsset } from '../../scan/assets-of.ts';
import type { readKnownFolder } from '../../sql/find-by-name.ts';
import type { IngestOptions } from '../spec/ingest-options.ts';
import { plural, table } from '../terminal/text-table.ts';
import { type PlannedLinks, plannedLinkLines } from './planned-links.ts';
import { proposalHead } from './proposal-lines.ts';
import type { ProposalDocument } from './propose.ts';

type KnownFolder = NonNullable<Awaited<ReturnType<typeof readKnownFolder>>>;

export interface Comparison {
  readonly new: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: number;
  /** In the library, but no longer on disk. */
  readonly missing: readonly string[];
}

export function compareWithKnown(scanned: readonly ScannedAsset[], known: KnownFolder | null): Comparison {
  const rows = new Map(known?.files.map((file) => [file.relative_path, file]));
  const seen = new Set(scanned.map(({ relativePath }) => relativePath));
  const isSame = (asset: ScannedAsset) => {
    const row = rows.get(asset.relativePath);
    return row !== undefined && row.size_bytes === asset.size && row.modified_ns === asset.modifiedNs;
  };
  const added = scanned.filter(({ relativePath }) => !rows.has(relativePath));
  const changed = scanned.filter((asset) => rows.has(asset.relativePath) && !isSame(asset));
  return {
    new: added.map(({ relativePath }) => relativePath),
    changed: changed.map(({ relativePath }) => relativePath),
    unchanged: scanned.length - added.length - changed.length,
    missing: [...rows.values()]
      .filter(({ relative_path, is_missing }) => !is_missing && !seen.has(relative_path))
      .map(({ relative_path }) => relative_path),
  };
}

const NEEDS: Readonly<Record<FileType, readonly ('thumbnails' | 'proxies' | 'sprites' | 'waveforms')[]>> = {
  image: ['thumbnails'],
  video: ['thumbnails', 'proxies', 'sprites'],
  sequence: ['thumbnails', 'proxies', 'sprites'],
  audio: ['proxies', 'waveforms'],
  other: [],
};

/** Returns an upper bound: only a probe shows whether browsers play a file as it is, without a proxy. */
export function derivativesFor(fileTypes: readonly FileType[], options: Pick<IngestOptions, 'skip-proxies'>) {
  const counts = { thumbnails: 0, proxies: 0, sprites: 0, waveforms: 0 };
  for (const kind of fileTypes.flatMap((fileType) => NEEDS[fileType])) {
    if (kind === 'thumbnails' || !options['skip-proxies']) counts[kind] += 1;
  }
  return counts;
}

export interface DryRun extends ProposalDocument {
  readonly dry_run: true;
  readonly project: { name: string; exists: boolean };
  readonly package: { name: string; id: string | null };
  readonly would_register: Comparison;
  readonly would_make: ReturnType<typeof derivativesFor>;
  /** Null when links are skipped, or this host has no datasets root. */
  readonly would_link: PlannedLinks | null;
}

const SHOWN = 20;

export function dryRunLines(document: DryRun): string[] {
  const { project, package: target, would_register: files, would_make: made, assets } = document;
  const isNew = target.id === null;
  const shown = [
    ...files.new.map((path) => ['new', path]),
    ...files.changed.map((path) => ['changed', path]),
    ...files.missing.map((path) => ['missing', path]),
  ];
  return [
    ...proposalHead(document),
    '',
    `Project ${project.name} ${project.exists ? 'exists' : 'would be created'}; package ${target.name} ${isNew ? 'would be created' : 'exists'}.`,
    `${plural(assets.length, 'asset')}: ${files.new.length} new, ${files.changed.length} changed, ${files.unchanged} unchanged; ${files.missing.length} would be marked as not on disk.`,
    `Would make at most ${made.thumbnails} thumbnails, ${made.proxies} proxies, ${made.sprites} sprites and ${made.waveforms} waveforms.`,
    ...plannedLinkLines(document.would_link),
    ...(shown.length === 0 ? [] : ['', ...table(['', 'path'], shown.slice(0, SHOWN))]),
    ...(shown.length > SHOWN ? [`… and ${shown.length - SHOWN} more (--json lists all)`] : []),
    '',
    'Nothing was written.',
  ];
}
