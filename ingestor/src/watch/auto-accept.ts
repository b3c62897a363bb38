/** Rules by which folders that were found are ingested without a person: `IHUB_AUTO_ACCEPT`. */
import path from 'node:path';
import type { FolderProposal } from '@ingesthub/schema/proposal.ts';
import { packageType } from '@ingesthub/schema/vocabulary.ts';
import { z } from 'zod';

const rule = z.strictObject({
  /** Where its packages go; made when there is none of that name. */
  project: z.string().trim().min(1).max(200),
  /** Only proposals that are at least so sure, 0 to 1. */
  confidence: z.coerce.number().min(0).max(1).default(0.9),
  /** Only packages of this type. */
  type: packageType.optional(),
  /** Only folders that this pattern fits: '/mnt/nas/night/*'. */
  path: z.string().startsWith('/').optional(),
});
export type AutoAcceptRule = z.infer<typeof rule>;

/**
 * Reads `project=Night Shoot,type=vfx,path=/mnt/nas/night/*;project=Other`: rules with semicolons between them, the
 * first that fits a folder wins.
 *
 * @throws TypeError with one sentence for people.
 */
export function parseAutoAccept(text: string): AutoAcceptRule[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const fields = part.split(',').map((field) => {
        const equals = field.indexOf('=');
        return [field.slice(0, Math.max(0, equals)).trim(), field.slice(equals + 1).trim()];
      });
      const parsed = rule.safeParse(Object.fromEntries(fields));
      if (parsed.success) return parsed.data;
      throw new TypeError(
        `The rule “${part}” of IHUB_AUTO_ACCEPT is not one; write project=NAME[,confidence=0.9][,type=vfx][,path=/mnt/…/*].`,
      );
    });
}

/** The project that a folder goes to without a person; null: somebody has to look. */
export function acceptedBy(
  rules: readonly AutoAcceptRule[],
  folder: string,
  proposal: Pick<FolderProposal, 'confidence' | 'type' | 'problems'>,
): AutoAcceptRule | null {
  // What a model did not answer is for a person, however sure the rest is.
  if (proposal.problems.length > 0) return null;
  return (
    rules.find(
      ({ confidence, type, path: pattern }) =>
        proposal.confidence >= confidence &&
        (type === undefined || type === proposal.type) &&
        (pattern === undefined || path.matchesGlob(folder, pattern)),
    ) ?? null
  );
}
