import { expect, test } from 'vitest';
import { noTagChoices, type TagChoices, tagStates, turnTag } from './tag-choices.ts';

const tags = [
  { name: 'hero', count: 10 },
  { name: 'smile', count: 4 },
];
const ASSETS = 10;

function turn(name: string, choices: TagChoices): TagChoices {
  const tag = tagStates(tags, ASSETS, choices).find((one) => one.name === name);
  if (!tag) throw new Error(`no tag ${name}`);
  return turnTag(tag, choices);
}

test('tagStates: tells a tag of all assets from one of some', () => {
  expect(tagStates(tags, ASSETS, noTagChoices).map(({ on }) => on)).toEqual(['all', 'some']);
});

test('turnTag: turns a tag of some assets to all, to none, and back', () => {
  const all = turn('smile', noTagChoices);
  expect(all).toEqual({ add: ['smile'], remove: [] });
  const none = turn('smile', all);
  expect(none).toEqual({ add: [], remove: ['smile'] });
  expect(turn('smile', none)).toEqual(noTagChoices);
});

test('turnTag: takes a tag of all assets away, and gives it back without a change', () => {
  const none = turn('hero', noTagChoices);
  expect(none).toEqual({ add: [], remove: ['hero'] });
  expect(turn('hero', none)).toEqual(noTagChoices);
});

test('turnTag: forgets a new tag that is turned off', () => {
  const added: TagChoices = { add: ['new'], remove: [] };
  expect(tagStates(tags, ASSETS, added).at(-1)).toEqual({ name: 'new', count: 0, on: 'all', changed: true });
  expect(turn('new', added)).toEqual(noTagChoices);
});
