/** The tags that a picker shows for what is typed. */
import type { TagCountRow } from '../queries/tag-counts.ts';

const SHOWN = 100;

export interface TagOption {
  readonly tag: string;
  readonly assetCount: number;
  readonly isNew: boolean;
}

/**
 * Tags that begin with the text come before those that contain it, else the order is kept.
 *
 * @param allowNew puts the text itself first when no tag is spelled so: Enter makes what was typed.
 */
export function matchTags(
  tags: readonly TagCountRow[],
  text: string,
  allowNew: boolean,
): { options: TagOption[]; more: number } {
  const typed = text.normalize('NFC').trim();
  const wanted = typed.toLowerCase();
  const begin: TagCountRow[] = [];
  const contain: TagCountRow[] = [];
  for (const row of tags) {
    const at = row.tag.toLowerCase().indexOf(wanted);
    if (at === 0) begin.push(row);
    else if (at > 0) contain.push(row);
  }
  const found = [...begin, ...contain];
  const options: TagOption[] = found
    .slice(0, SHOWN)
    .map((row) => ({ tag: row.tag, assetCount: row.asset_count, isNew: false }));
  if (allowNew && typed !== '' && !found.some((row) => row.tag === typed)) {
    options.unshift({ tag: typed, assetCount: 0, isNew: true });
  }
  return { options, more: Math.max(0, found.length - SHOWN) };
}
