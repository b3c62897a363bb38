/** What of a model's answer is taken: what the files' names bear out. */
import type { FileType } from '@ingesthub/schema/vocabulary.ts';
import { type Placement, SHARED_SUBJECT } from '../layout.ts';
import type { ListedAsset } from '../listing.ts';
import { isCameraNamedBy, subjectsNamedBy } from './named-by.ts';
import { type FileGroup, restsOnCounter } from './representatives.ts';
import type { RuleFiles } from './rule-files.ts';

export interface BelieveOptions {
  readonly assets: readonly ListedAsset[];
  /** In the assets' order. */
  readonly rules: readonly Placement[];
  readonly delivery: string;
  /** Of the files that the model was shown. */
  readonly paths: readonly string[];
  readonly byRules: RuleFiles;
}

/** @returns of an answer to a batch the placements that are taken, by the assets' indexes. */
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
        byRules.add(members.length, 'the model left them out of its answers');
        continue;
      }
      if (said.subject !== SHARED_SUBJECT && !isNamed(said.subject, asked.path)) {
        byRules.add(members.length, 'the model named a person of whom their names say nothing');
        continue;
      }
      const alike = restsOnCounter(asked.path, said.subject) ? members.slice(0, 1) : members;
      byRules.add(members.length - alike.length, 'the person that the model named for one of them is that one’s alone');
      for (const index of alike) {
        const rule = rules[index];
        const asset = assets[index];
        if (rule === undefined || asset === undefined) continue;
        taken.set(index, {
          subject: said.subject,
          camera: isCameraNamedBy(said.camera, asset.relativePath) ? said.camera : rule.camera,
          assetType: fits(said, asset.fileType) ? said.assetType : rule.assetType,
        });
      }
    }
    return taken;
  };
}

/** Sound is audio and a text is metadata, whatever anybody says; a picture of a slate may be metadata. */
function fits({ assetType }: Placement, fileType: FileType): boolean {
  if (fileType === 'audio') return assetType === 'audio';
  if (fileType === 'other') return assetType === 'metadata';
  return assetType !== 'audio';
}
