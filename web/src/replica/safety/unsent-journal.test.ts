import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDiskFile } from '../storage/disk-files.ts';
import { type JournalMutation, UnsentJournal } from './unsent-journal.ts';

let folder: string;
let name: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ihub-unsent-'));
  name = path.join(folder, 'unsent');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => new UnsentJournal(openDiskFile(name));
const made = (tag: string): JournalMutation => ({
  id: uuid(),
  name: 'assets.tag',
  args: { ids: [uuid()], add: [tag], remove: [] },
  shapes: ['projects'],
});

test('UnsentJournal: keeps unsettled mutations in order for the next opening', () => {
  const client = uuid();
  const [first, second, third] = [made('é'), made('b'), made('c')];
  const journal = open();
  expect(journal.changes).toBeNull();
  journal.replace({ client, mutations: [first], remains: null });
  journal.add([second, third]);
  journal.settle([first.id, uuid()]);
  expect(open().changes).toEqual({ client, mutations: [second, third], remains: null });
});

test('UnsentJournal: shrinks when everything is settled', () => {
  const client = uuid();
  const journal = open();
  const remains = { rejected: [], undo: [{ step: uuid(), label: 'Tag' }], working_set: [], projects: [uuid()] };
  journal.replace({ client, mutations: [], remains });
  const empty = readFileSync(name).length;
  const mutations = [made('a'), made('b')];
  journal.add(mutations);
  journal.settle(mutations.map(({ id }) => id));
  expect(readFileSync(name).length).toBe(empty);
  expect(open().changes).toEqual({ client, mutations: [], remains });
});

test('UnsentJournal: overwrites a line that a crash cut off', () => {
  const client = uuid();
  const [whole, cut, next] = [made('whole'), made('cut'), made('next')];
  open().replace({ client, mutations: [whole, cut], remains: null });
  truncateSync(name, readFileSync(name).length - 5);
  open().add([next]);
  expect(open().changes).toEqual({ client, mutations: [whole, next], remains: null });
  appendFileSync(name, '{"made":{"id":"not a uuid"}}\n');
  expect(open().changes).toEqual({ client, mutations: [whole, next], remains: null });
});
