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

export const runStatus = z.enum(['queued', 'scanning', 'processing', 'done', 'failed']);
export type RunStatus = z.infer<typeof runStatus>;

export const mutationStatus = z.enum(['applied', 'rejected']);
export type MutationStatus = z.infer<typeof mutationStatus>;
