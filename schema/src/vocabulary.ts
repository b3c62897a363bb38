/** The words of the library that the database checks, as zod enums; `docs/glossary.md` says what each means. */
import { z } from 'zod';

/** A project's or a package's kind. */
export const packageType = z.enum(['atman', 'vfx']);
export type PackageType = z.infer<typeof packageType>;

export const packageStatus = z.enum(['queued', 'processing', 'ready', 'error']);
export type PackageStatus = z.infer<typeof packageStatus>;

export const fileType = z.enum(['video', 'image', 'sequence', 'audio', 'other']);
export type FileType = z.infer<typeof fileType>;

/** An asset's role in its package. VFX: aligned, plate, grid. ATMAN: the others. */
export const assetType = z.enum(['aligned', 'plate', 'grid', 'raw', 'graded', 'proxy', 'audio', 'metadata']);
export type AssetType = z.infer<typeof assetType>;

export const reviewStatus = z.enum(['unreviewed', 'approved', 'rejected', 'flagged']);
export type ReviewStatus = z.infer<typeof reviewStatus>;

/** Where a probe or a derivative stands. `none`: this asset needs none. */
export const workStatus = z.enum(['pending', 'ready', 'failed', 'none']);
export type WorkStatus = z.infer<typeof workStatus>;

export const runStatus = z.enum(['queued', 'scanning', 'processing', 'done', 'failed', 'cancelled']);
export type RunStatus = z.infer<typeof runStatus>;

/** What people make a run do: wait, or end. */
export const runHold = z.enum(['paused', 'cancelled']);
export type RunHold = z.infer<typeof runHold>;

/** Of a folder that was found: it grows still, is analysed, became a package, or is gone from the disk. */
export const incomingStatus = z.enum(['settling', 'proposed', 'ingested', 'gone']);

/** What a person, or a rule, decided about a folder that was found. */
export const incomingDecision = z.enum(['accepted', 'dismissed']);
export type IncomingDecision = z.infer<typeof incomingDecision>;

export const mutationStatus = z.enum(['applied', 'rejected']);
