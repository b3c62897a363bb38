/** The library's vocabulary, enforced by database checks, as zod enums; `docs/glossary.md` defines each word. */
import { z } from 'zod';
import { ASSET_TYPES, PACKAGE_TYPES } from './package-kinds.ts';

/** The kind of a project or package. */
export const packageType = z.enum(PACKAGE_TYPES);
export type PackageType = z.infer<typeof packageType>;

export const packageStatus = z.enum(['queued', 'processing', 'ready', 'error']);
export type PackageStatus = z.infer<typeof packageStatus>;

export const fileType = z.enum(['video', 'image', 'sequence', 'audio', 'other']);
export type FileType = z.infer<typeof fileType>;

/** An asset's role in its package; each kind of package has its own. */
export const assetType = z.enum(ASSET_TYPES);
export type AssetType = z.infer<typeof assetType>;

export const reviewStatus = z.enum(['unreviewed', 'approved', 'rejected', 'flagged']);
export type ReviewStatus = z.infer<typeof reviewStatus>;

/** Status of a probe or a derivative. `none`: the asset does not need it. */
export const workStatus = z.enum(['pending', 'ready', 'failed', 'none']);
export type WorkStatus = z.infer<typeof workStatus>;

export const runStatus = z.enum(['queued', 'scanning', 'processing', 'done', 'failed', 'cancelled']);
export type RunStatus = z.infer<typeof runStatus>;

/** A person's hold on a run: pause it or end it. */
export const runHold = z.enum(['paused', 'cancelled']);
export type RunHold = z.infer<typeof runHold>;

/** Status of a discovered folder: still changing, analysed, turned into a package, or gone from the disk. */
export const incomingStatus = z.enum(['settling', 'proposed', 'ingested', 'gone']);

/** The decision of a person or a rule about a discovered folder. */
export const incomingDecision = z.enum(['accepted', 'dismissed']);
export type IncomingDecision = z.infer<typeof incomingDecision>;

export const mutationStatus = z.enum(['applied', 'rejected']);
