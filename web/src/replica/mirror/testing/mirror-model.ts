/**
 * For tests: one client whose shapes arrive in any order and portions while it and others change a small library, with
 * a mirror beside it, which keeps scopes in files. After each step, every question gets the answer that plain SQL rows
 * give.
 */
import { formatShapeReference, type ShapeReference, shapes } from '@ingesthub/schema/library/shapes.ts';
import { COPY_HEADER, COPY_TRAILER } from '@ingesthub/schema/values/copy-binary.ts';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import { createPortions } from '../../follow/portions.ts';
import { readLibraryState } from '../../model/library-state.ts';
import type { MirroredList, MirrorQuestion, Scope } from '../../model/mirror-questions.ts';
import { createMirroredLists } from '../../model/mirrored-lists.ts';
import type { ArrivedChange, ShapeBatch } from '../../model/shape-batch.ts';
import { copyRows } from '../../open/copy-rows.ts';
import { finishFirstLoad } from '../../open/prepare-database.ts';
import { readReplicaSql } from '../../open/read-replica-sql.ts';
import { ModelServer } from '../../testing/model-server.ts';
import { pickFrom, type Random, seeded } from '../../testing/seeded.ts';
import { createTestReplica, type TestReplica } from '../../testing/test-replica.ts';
import type { PreparedRows } from '../../write/load-rows.ts';
import { createMirror, type Mirror } from '../mirror.ts';
import { SCOPE_FILES, ScopeFiles } from '../scope-files.ts';
import { type MemoryFile, memoryFile } from './memory-file.ts';
import { type PlainAsset, plainAnswer, readAnswer } from './plain-answer.ts';
import { RandomChanges, someOf } from './random-changes.ts';
import { anyQuestion } from './random-questions.ts';
import { type Library, plainAssetsOf, readLibrary } from './read-plain-assets.ts';

export class MirrorModel {
  /** How often each step, mutation and other change has happened, by its name. */
  readonly events = new Map<string, number>();
  readonly #replica: TestReplica;
  #server!: ModelServer;
  readonly #references: readonly ShapeReference[];
  readonly #changes: RandomChanges;
  #random: Random = seeded(0);
  /** The position up to which each shape, or the first half of its rows, has arrived; absent before that. */
  #positions = new Map<string, { lsn: bigint; half: boolean }>();
  /** Rows of prepared projects that have not been loaded yet. */
  #loading = new Map<string, PreparedRows[]>();
  /** The positions of those prepared projects. */
  readonly #preparedAt = new Map<string, bigint>();
  #sent = new Set<string>();
  /** The steps of the history so far. */
  #done: string[] = [];
  #mirror!: Mirror;
  #files: MemoryFile[] = [];
  /** The files as they were some steps ago: what a power cut may leave. */
  #formerFiles: MemoryFile[] = [];
  /** How often a mirror was made that began with scopes as files held them. */
  kept = 0;
  #ask!: (question: MirrorQuestion, asker: string) => Promise<MirroredList | null>;

  private constructor(replica: TestReplica) {
    this.#replica = replica;
    this.#changes = new RandomChanges(() => this.#random());
    this.#references = [
      ...(['projects', 'subjects', 'packages'] as const).map((name) => ({ name })),
      ...this.#changes.projects.flatMap(shapesOfProject),
      { name: 'mutations', scopeId: replica.client },
    ];
  }

  static async create(): Promise<MirrorModel> {
    const replica = await createTestReplica();
    await finishFirstLoad(replica.database, await readReplicaSql());
    const model = new MirrorModel(replica);
    model.#server = await ModelServer.create(model.#references);
    return model;
  }

  async close(): Promise<void> {
    this.#mirror?.close();
    await Promise.all([this.#replica.database.close(), this.#server.database.close()]);
  }

  /** The names of all steps, and of all changes other than mutations. */
  get plan(): string[] {
    return [...Object.keys(this.#steps), ...this.#changes.names];
  }

  #did(name: string): void {
    this.#done.push(name);
    this.events.set(name, (this.events.get(name) ?? 0) + 1);
  }

  /** Runs one random history. @returns the number of answers that were compared. */
  async run(seed: number, steps: number): Promise<number> {
    this.#random = seeded(seed);
    this.#sent = new Set();
    this.#positions = new Map();
    this.#mirror?.close();
    await this.#replica.clear();
    await this.#server.change(this.#changes.library());
    this.#files = Array.from({ length: SCOPE_FILES }, () => memoryFile());
    this.#formerFiles = [];
    await this.#makeMirror();
    this.#loading = new Map();
    this.#done = [];
    let compared = 0;
    for (let count = 0; count < steps; count++) {
      const name = pickFrom(this.#random, plan);
      this.#did(name);
      // A list may ask at any moment of the step; only its last answer counts.
      const early = this.#ask(this.#anyQuestion(await readLibrary(this.#replica.database)).question, 'early');
      // A step that fails ends the history before it is awaited.
      early.catch(() => {});
      if (name.startsWith('restart') || name === 'reopen') await early;
      await this.#steps[name]?.();
      await early;
      compared += await this.#check(`seed ${seed}, step ${count}: ${this.#done.slice(-8).join(', ')}`);
    }
    return compared;
  }

  /** Asks about two scopes, and compares with plain rows. @returns the number of answers. */
  async #check(what: string): Promise<number> {
    const library = await this.#readLibrary();
    const askers = ['one', 'two'];
    for (const asker of askers) {
      const { question, assets } = this.#anyQuestion(library);
      const list = await this.#ask(question, asker);
      if (list === null) throw new Error('No later question was asked.');
      const wanted = plainAnswer(assets, question);
      const { order } = list;
      const answer = readAnswer(list, order.slice(0, order.length));
      expect(answer, `${what}; ${JSON.stringify(question)}`).toEqual(wanted);
      const [first] = wanted.ids;
      if (first !== undefined) expect(order.indexOf(first), what).toBe(0);
    }
    return askers.length;
  }

  /** Reads the library once every asset's folder has arrived: two shapes bring them. */
  async #readLibrary(): Promise<Library> {
    for (;;) {
      const library = await readLibrary(this.#replica.database);
      if (library.hasFolders) return library;
      await this.#deliver(this.#references, true);
    }
  }

  #anyQuestion(library: Library): { question: MirrorQuestion; assets: readonly PlainAsset[] } {
    const scope = this.#changes.anyScope();
    const assets = plainAssetsOf(library, scope);
    const about = assets.length > 0 ? assets : library.assets;
    if (about.length === 0) return { question: { scope, where: {}, sort: { by: 'name', descending: false } }, assets };
    return { question: { ...anyQuestion(this.#random, about), scope }, assets };
  }

  /** @param memory in bytes; 1 closes each scope after its answer, 20,000 those that were asked about the longest ago. */
  async #makeMirror(memory = 1e9): Promise<void> {
    this.#mirror?.close();
    const { database, onChange, writer } = this.#replica;
    const files = new ScopeFiles(this.#files, await readLibraryState(database));
    const scopes = [{ kind: 'library' }, ...this.#changes.projects.map((id) => ({ kind: 'project', id }))] as Scope[];
    if (scopes.some((scope) => files.has(scope))) this.kept += 1;
    this.#mirror = createMirror({
      copy: (statement) => copyRows(database, statement),
      onChange,
      memory,
      keep: { files, between: writer.between, least: 1 },
    });
    this.#ask = createMirroredLists(this.#mirror.ask);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return pickFrom(this.#random, items);
  }

  #mutate(): Promise<unknown> {
    const { name, args } = this.#changes.anyMutation();
    this.#did(name);
    return this.#replica.writer.mutate(uuid(), name, args);
  }

  readonly #steps: Record<string, () => Promise<unknown>> = {
    mutate: () => this.#mutate(),
    undo: () => this.#replica.writer.undo(uuid()),
    redo: () => this.#replica.writer.redo(uuid()),
    'mutate elsewhere': () => this.#server.mutateElsewhere(this.#changes.anyMutation()),
    'change elsewhere': async () => {
      const [name, sql] = this.#changes.anyChange();
      this.#did(name);
      await this.#server.change(sql);
    },
    send: () => this.#send(),
    deliver: () => this.#deliver(someOf(this.#random, this.#references), this.#random() < 0.5),
    'deliver all': () => this.#deliver(this.#references, true),
    refetch: () => {
      const reference = this.#pick(this.#references);
      this.#forget(reference);
      return this.#replica.writer.refetch(reference);
    },
    drop: () => {
      const dropped = shapesOfProject(this.#pick(this.#changes.projects));
      for (const reference of dropped) this.#forget(reference);
      return this.#replica.writer.drop(dropped);
    },
    'add a prepared project': async () => {
      const project = this.#pick(this.#changes.projects);
      const shapes = shapesOfProject(project);
      for (const reference of shapes) this.#forget(reference);
      await this.#replica.writer.drop(shapes);
      for (const reference of shapes) await this.#prepare(reference);
    },
    'refuse by answer': async () => {
      const one = this.#replica.writer.pending.find(({ mutation }) => !this.#sent.has(mutation.id));
      if (one) await this.#replica.writer.reject(new Map([[one.mutation.id, { code: 'forbidden', message: 'No.' }]]));
    },
    keep: () => this.#mirror.keepOne(),
    'keep while mutating': () => Promise.all([this.#mirror.keepOne(), this.#mutate()]),
    'copy files': async () => {
      this.#formerFiles = this.#files.map(({ bytes }) => Object.assign(memoryFile(), { bytes: bytes.slice() }));
    },
    'restart mirror': () => this.#makeMirror(this.#pick([1, 20_000, 1e9])),
    'restart with former files': async () => {
      if (this.#formerFiles.length > 0) this.#files = this.#formerFiles;
      this.#formerFiles = [];
      await this.#makeMirror();
    },
    'restart with damaged files': async () => {
      for (const { bytes } of this.#files) {
        const at = Math.floor(this.#random() * bytes.length);
        if (bytes.length > 0) bytes[at] = Math.floor(this.#random() * 256);
      }
      await this.#makeMirror();
    },
    reopen: async () => {
      await this.#replica.reopen();
      await this.#makeMirror();
    },
  };

  /** Delivers outstanding changes of some shapes: all of them, or a random part. */
  async #deliver(chosen: readonly ShapeReference[], whole: boolean): Promise<void> {
    // Until its folder is known, an asset counts as in its package's own folder, and beside those that really are.
    const folders = this.#references.filter(
      ({ name, scopeId }) => name === 'folders' && chosen.some((one) => one.scopeId === scopeId),
    );
    for (const reference of folders) {
      do await this.#apply([reference], true);
      while (this.#positions.get(formatShapeReference(reference))?.half !== false);
    }
    await this.#apply(chosen, whole);
  }

  async #apply(chosen: readonly ShapeReference[], whole: boolean): Promise<void> {
    const batches: ShapeBatch[] = [];
    for (const reference of chosen) {
      const portions = this.#loading.get(formatShapeReference(reference));
      if (portions) await this.#load(reference, whole ? portions.splice(0) : portions.splice(0, 1));
      const batch = portions ? null : this.#nextBatch(reference, whole);
      if (batch) batches.push(batch);
    }
    await this.#replica.writer.apply(batches);
  }

  #nextBatch(reference: ShapeReference, whole: boolean): ShapeBatch | null {
    const text = formatShapeReference(reference);
    const position = this.#positions.get(text);
    const batch = (lsn: bigint, changes: ArrivedChange[], upToDate: boolean): ShapeBatch => {
      this.#positions.set(text, { lsn, half: !upToDate && changes.every((change) => change.lsn === null) });
      return { reference, changes, offset: `${lsn}_0`, handle: 'handle', upToDateLsn: upToDate ? lsn : null };
    };
    if (position === undefined || position.half) {
      const lsn = position?.lsn ?? this.#server.lsn;
      const rows = [...this.#server.rowsAt(reference, lsn)];
      const changes = rows.map(([key, value]) => ({ key, operation: 'insert', value, lsn: null }) as const);
      const middle = Math.floor(changes.length / 2);
      return position === undefined
        ? batch(lsn, changes.slice(0, middle), false)
        : batch(lsn, changes.slice(middle), true);
    }
    const upTo = whole
      ? this.#server.lsn
      : position.lsn + BigInt(Math.floor(this.#random() * (Number(this.#server.lsn - position.lsn) + 1)));
    const changes = this.#server.changesBetween(reference, position.lsn, upTo);
    if (changes.length > 0 || upTo === this.#server.lsn) return batch(upTo, changes, upTo === this.#server.lsn);
    this.#positions.set(text, { lsn: upTo, half: false });
    return null;
  }

  /** Takes away a shape's position, and what was still to be loaded into it. */
  #forget(reference: ShapeReference): void {
    this.#positions.delete(formatShapeReference(reference));
    this.#loading.delete(formatShapeReference(reference));
  }

  /** Prepares the server's rows of a shape as they are now, for loading in portions. */
  async #prepare(reference: ShapeReference): Promise<void> {
    const { columns, table } = shapes[reference.name];
    const statement = `SELECT ${columns.join(', ')} FROM ${table} WHERE project_id = '${reference.scopeId}' ORDER BY package_id`;
    const copied = await copyRows(this.#server.database, statement);
    const rows = createPortions(copied.slice(COPY_HEADER.length, -COPY_TRAILER.length), columns, 0);
    const id = uuid();
    const offset = `${this.#server.lsn}_0` as const;
    const portions: PreparedRows[] = [];
    let loaded = 0;
    for (let taken = rows.take(this.#pick(PORTIONS)); taken !== null; taken = rows.take(this.#pick(PORTIONS))) {
      loaded += taken.count;
      portions.push({ reference, ...taken, next: { prepared: { id, rows: loaded } } });
    }
    const last = portions.pop() ?? { reference, copy: new Blob(), count: 0, packages: new Set<string>() };
    portions.push({ ...last, next: { offset, handle: 'handle' } });
    this.#loading.set(formatShapeReference(reference), portions);
    this.#preparedAt.set(formatShapeReference(reference), this.#server.lsn);
  }

  async #load(reference: ShapeReference, portions: readonly PreparedRows[]): Promise<void> {
    const text = formatShapeReference(reference);
    for (const portion of portions) await this.#replica.writer.load(portion);
    if (this.#loading.get(text)?.length !== 0) return;
    this.#loading.delete(text);
    this.#positions.set(text, { lsn: this.#preparedAt.get(text) ?? 0n, half: false });
  }

  async #send(): Promise<void> {
    for (const { mutation } of this.#replica.writer.pending) {
      if (this.#sent.has(mutation.id)) continue;
      this.#sent.add(mutation.id);
      await this.#server.mutate(this.#replica.client, mutation, this.#random() < 0.25);
    }
  }
}

/** Rows of a portion. */
const PORTIONS = [1, 3, 10];

function shapesOfProject(scopeId: string): ShapeReference[] {
  return (['folders', 'assets', 'asset_tags'] as const).map((name) => ({ name, scopeId }));
}

const weights = {
  mutate: 6,
  undo: 2,
  redo: 1,
  'mutate elsewhere': 1,
  'change elsewhere': 5,
  send: 2,
  deliver: 5,
  'deliver all': 3,
  refetch: 1,
  drop: 0.4,
  'add a prepared project': 0.4,
  'refuse by answer': 1,
  keep: 2,
  'keep while mutating': 0.6,
  'copy files': 0.4,
  'restart mirror': 1,
  'restart with former files': 0.4,
  'restart with damaged files': 0.4,
  reopen: 0.2,
};
const plan = Object.entries(weights).flatMap(([name, weight]) => Array<string>(weight * 5).fill(name));
