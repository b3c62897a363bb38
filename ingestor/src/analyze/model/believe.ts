/** Accepts those parts of a model's answer that the files' names support, and weighs them against the rules. */
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { spellingKey } from '../names/spelling-key.ts';
import { type Placement, SHARED_SUBJECT } from '../rules/layout.ts';
import type { ListedAsset } from '../rules/listing.ts';
import type { Reading } from './batch-answer.ts';
import type { Disputes } from './disputes.ts';
import type { KnownPeople } from './known-people.ts';
import { isCameraNamedBy, subjectsNamedBy } from './named-by.ts';
import { type FileGroup, restsOnCounter } from './representatives.ts';
import type { RuleFiles } from './rule-files.ts';
import { weigh } from './weigh.ts';

export interface BelieveOptions {
  /** The model's name. */
  readonly model: string;
  readonly assets: readonly ListedAsset[];
  /** In the assets' order. */
  readonly rules: readonly Placement[];
  readonly people: KnownPeople;
  readonly delivery: string;
  /** Paths that the model was asked about. */
  readonly paths: readonly string[];
  readonly byRules: RuleFiles;
  readonly disputes: Disputes;
}

/** @returns a function that maps a batch's answer to the accepted placements, by the assets' indexes. */
export function believe({
  model,
  assets,
  rules,
  people,
  delivery,
  paths,
  byRules,
  disputes,
}: BelieveOptions): (batch: readonly FileGroup[], answer: ReadonlyMap<string, Reading>) => Map<number, Placement> {
  const isNamed = subjectsNamedBy(delivery, paths);
  return (batch, answer) => {
    const taken = new Map<number, Placement>();
    for (const { asked, members } of batch) {
      const said = answer.get(asked.path);
      if (said === undefined) {
        byRules.add(members.length, 'missing from the model’s answers');
        continue;
      }
      const subject = ownSpelling(said.subject, people);
      const ofRules = rules[members[0] ?? -1]?.subject ?? SHARED_SUBJECT;
      const isSame = spellingKey(subject) === spellingKey(ofRules);
      // A person whom the rules found needs no second proof.
      if (!isSame && subject !== SHARED_SUBJECT && !isNamed(said.subject, asked.path)) {
        byRules.add(members.length, 'the model named a person who is not in the names');
        continue;
      }
      const alike = restsOnCounter(asked.path, subject) ? members.slice(0, 1) : members;
      byRules.add(members.length - alike.length, 'the model’s answer for their group holds for one file only');
      for (const index of alike) {
        const rule = rules[index];
        const asset = assets[index];
        if (rule === undefined || asset === undefined) continue;
        const { camera, because } = said;
        const weighed = weigh(
          rule,
          {
            subject: spellingKey(subject) === spellingKey(rule.subject) ? rule.subject : subject,
            camera: camera !== null && isCameraNamedBy(camera, asset.relativePath) ? camera : null,
            assetType: fits(said, asset.fileType) ? said.assetType : rule.assetType,
            because,
          },
          model,
        );
        if (weighed === null) byRules.add(1, 'the model gave no reason for its changes');
        else {
          taken.set(index, weighed.placement);
          if (weighed.dispute !== null) disputes.add(weighed.dispute);
        }
      }
    }
    return taken;
  };
}

/** Returns the name of the one known person whom a form means, such as 'Jane Doe' for 'JDOE'; else the form. */
function ownSpelling(subject: string, people: KnownPeople): string {
  const [name, another] = people.named(spellingKey(subject));
  return name === undefined || another !== undefined ? subject : name;
}

/** The kind of file decides first: sound is audio and text is metadata; a picture of a slate may be metadata. */
function fits({ assetType }: Reading, fileType: FileType): boolean {
  if (fileType === 'audio') return assetType === 'audio';
  if (fileType === 'other') return assetType === 'metadata';
  return assetType !== 'audio';
}
