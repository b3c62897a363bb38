/** Asks every package kind about a folder; the one with the highest confidence gets it. */
import type { PackageFacts } from '../rules/listing.ts';
import type { PackageKind, Recognition } from './package-kind.ts';
import { fallbackKind, packageKinds } from './package-kinds.ts';

export interface KindFinding extends Recognition {
  readonly kind: PackageKind;
}

const MIN_CLAIM = 0.5;

/** Returns the kind of a folder, with the signals and the evidence of all kinds: they justify the choice. */
export function recogniseKind(facts: PackageFacts, kinds: readonly PackageKind[] = packageKinds): KindFinding {
  const answers = kinds.map((kind) => ({ kind, ...kind.recognise(facts) }));
  const highest = Math.max(0, ...answers.map(({ confidence }) => confidence));
  const claimed = highest >= MIN_CLAIM ? answers.find(({ confidence }) => confidence === highest) : undefined;
  return {
    kind: claimed?.kind ?? fallbackKind,
    confidence: claimed?.confidence ?? 1 - highest,
    signals: Object.assign({}, ...answers.map(({ signals }) => signals)),
    evidence: answers.flatMap(({ evidence }) => evidence),
  };
}

/** Returns the kind with a name that is known to be in the list. */
export function kindNamed(name: PackageKind['name'], kinds: readonly PackageKind[] = packageKinds): PackageKind {
  const kind = kinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`No package kind is named ${name}.`);
  return kind;
}
