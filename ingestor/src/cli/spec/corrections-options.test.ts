import { expect, test } from 'vitest';
import { readCorrectionsOptions, saidIn } from './corrections-options.ts';

test.each([
  [{ person: 'JD' }, { kind: 'person', name: 'JD', value: 'JD' }],
  [
    { person: 'JD', is: 'Jane Doe' },
    { kind: 'person', name: 'JD', value: 'Jane Doe' },
  ],
  [{ generic: 'ROYAL' }, { kind: 'generic', name: 'ROYAL', value: null }],
  [
    { camera: 'KARL', is: 'cam_b' },
    { kind: 'camera', name: 'KARL', value: 'cam_b' },
  ],
  [{ 'people-depth': '2' }, { kind: 'people_depth', name: '2', value: null }],
])('saidIn reads %o', (given, said) => {
  expect(saidIn(readCorrectionsOptions('add', given))).toEqual(said);
});

test.each([
  ['add', {}, /takes one of/],
  ['add', { person: 'JD', generic: 'X' }, /takes one of/],
  ['add', { generic: 'X', is: 'Y' }, /--generic takes no --is/],
  ['add', { role: 'X' }, /--role needs --is/],
  ['add', { person: 'JD', project: 'P', studio: true }, /not both/],
  ['list', { person: 'JD' }, /list takes no --person/],
  ['remove', {}, /needs an id/],
  ['remove', { id: 'x' }, /--id is not valid/],
])('ihub corrections %s refuses %o', (action, given, message) => {
  expect(() => saidIn(readCorrectionsOptions(action, given))).toThrow(message);
});
