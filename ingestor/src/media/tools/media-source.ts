/** An asset as files on disk, and the services that its readers need. */

import type { DerivedContent } from '@ingesthub/schema/library/derivatives.ts';
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { extensionOf } from '../../scan/names/file-types.ts';
import type { DerivativeStore } from './derivative-store.ts';
import type { InstalledTools } from './installed-tools.ts';

export interface MediaSource {
  readonly fileType: FileType;
  /** Absolute. One file, a sequence's existing frames in frame order, or the parts of a recording in theirs. */
  readonly files: readonly [string, ...string[]];
  /** Numbers of the frames or parts; null for a single file. */
  readonly frames: readonly number[] | null;
  /** For pictures whose content hash covers only a part of them: see {@link DerivedContent}. */
  readonly modifiedNs?: bigint;
}

export interface MediaContext {
  readonly host: string;
  readonly tools: InstalledTools;
  readonly store: DerivativeStore;
  readonly signal: AbortSignal;
}

/** Returns the file that represents the asset: for a sequence, its middle frame; for a recording, its first part. */
export function representative(source: MediaSource): string {
  if (source.fileType !== 'sequence') return source.files[0];
  return source.files[Math.floor((source.files.length - 1) / 2)] ?? source.files[0];
}

/** Returns the content that the asset's derivatives are named by. @param hash `assets.content_hash`. */
export function contentOf({ files: [file], modifiedNs }: MediaSource, hash: string): DerivedContent {
  return { hash, extension: extensionOf(file), ...(modifiedNs === undefined ? {} : { modifiedNs }) };
}

/** Names the file in a sentence: 'The EXR file'. */
export function nounOf(file: string): string {
  const extension = extensionOf(file).toUpperCase();
  return extension === '' ? 'The file' : `The ${extension} file`;
}
