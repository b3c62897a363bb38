/** Accepts those parts of a model's answer that the files' names support. */
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { type Placement, SHARED_SUBJECT } from '../rules/layout.ts';
import type { ListedAsset } from '../rules/listing.ts';
import { isCameraNamedBy, subjectsNamedBy } from './named-by.ts';
import { type FileGroup, restsOnCounter } from './representatives.ts';
import type { RuleFiles } from './rule-files.ts';

export interface BelieveOptions {
  readonly assets: readonly ListedAsset[];
  /** In the assets' order. */
  readonly rules: readonly Placement[];
  readonly delivery: string;
  /** Paths that were sent to the model. */
  readonly paths: readonly string[];
  readonly byRules: RuleFiles;
}

/** @returns a function that maps a batch's answer to the accepted placements, by the assets' indexes. */
export function believe({
  assets,
  rules,
  delivery,
  paths,
  byRules,
}: BelieveOptions): (batch: readonly FileGroup[], answer: ReadonlyMap<string, Placement>) => Map<number, Placement> {
  const isNamed = subjectsNamedBy(delivery, paths);
  return (batch, answer) => {
    const taken = new Map<number, Placement>();
    for (const { asked, members } of batch) {
      const said = answer.get(asked.path);
      if (said === undefined) {
        byRules.add(members.length, 'missing from the model’s answers');
        continue;
      }
      if (said.subject !== SHARED_SUBJECT && !isNamed(said.subject, asked.path)) {
        byRules.add(members.length, 'the model named a person who is not in the names');
        continue;
      }
      const alike = restsOnCounter(asked.path, said.subject) ? members.slice(0, 1) : members;
      byRules.add(members.length - alike.length, 'the model’s answer for their group holds for one file only');
      for (const index of alike) {
        const rule = rules[index];
        const asset = assets[index];
        if (rule === undefined || asset === undefined) continue;
        taken.set(index, {
          subject: said.subject,
          camera: said.camera !== null && isCameraNamedBy(said.camera, asset.relativePath) ? said.camera : rule.camera,
          assetType: fits(said, asset.fileType) ? said.assetType : rule.assetType,
        });
      }
    }
    return taken;
  };
}

/** The kind of file decides first: sound is audio and text is metadata; a picture of a slate may be metadata. */
function fits({ assetType }: Placement, fileType: FileType): boolean {
  if (fileType === 'audio') return assetType === 'audio';
  if (fileType === 'other') return assetType === 'metadata';
  return assetType !== 'audio';
}
