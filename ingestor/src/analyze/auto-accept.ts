/** Rules by which incoming folders are ingested without a person: `IHUB_AUTO_ACCEPT`. */
import path from 'node:path';
import type { FolderProposal } from '@ingesthub/schema/library/proposal.ts';
import { packageType } from '@ingesthub/schema/library/vocabulary.ts';
import { z } from 'zod';

const rule = z.strictObject({
  /** The project of the packages; created if missing. */
  project: z.string().trim().min(1).max(200),
  /** The minimum confidence of a proposal, 0 to 1. */
  confidence: z.coerce.number().min(0).max(1).default(0.9),
  /** Only packages of this type. */
  type: packageType.optional(),
  /** Only folders that match this pattern: '/mnt/nas/night/*'. */
  path: z.string().startsWith('/').optional(),
});
export type AutoAcceptRule = z.infer<typeof rule>;

/**
 * Reads `project=Night Shoot,type=vfx,path=/mnt/nas/night/*;project=Other`: rules separated by semicolons, of which
 * the first that matches a folder wins.
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
        `The rule “${part}” of IHUB_AUTO_ACCEPT is not valid; write project=NAME[,confidence=0.9][,type=vfx][,path=/mnt/…/*].`,
      );
    });
}

/** Returns the rule that accepts a folder without a person; null: a person has to decide. */
export function acceptedBy(
  rules: readonly AutoAcceptRule[],
  folder: string,
  proposal: Pick<FolderProposal, 'confidence' | 'type' | 'problems'>,
): AutoAcceptRule | null {
  // Whatever a model left open is for a person to decide, however confident the rest is.
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
