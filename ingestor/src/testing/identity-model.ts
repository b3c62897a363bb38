/**
 * Makes random changes to files and compares the library with a model that identifies each picture by its content:
 * after a scan, the tags that people gave a picture must be on the asset of the file that holds it, whatever its name.
 */
import { copyFile, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type SeededRandom, seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import type { Scanner } from './scanner.ts';

const PACKAGES = ['one', 'two'];
const FOLDERS = ['', 'a/', 'b/'];
const SECOND = 1_700_000_000;

/** Path below the media root -> the number of the picture that it holds. */
type Disk = Map<string, number>;

export interface ModelResult {
  /** One sentence each. */
  readonly faults: readonly string[];
  /** The changes made, one line each. */
  readonly steps: readonly string[];
}

export async function playIdentity(scanner: Scanner, seed: number, rounds: number): Promise<ModelResult> {
  const model = new IdentityModel(scanner, seed);
  await model.begin();
  for (let round = 0; round < rounds && model.faults.length === 0; round += 1) await model.round();
  return model;
}

class IdentityModel implements ModelResult {
  readonly faults: string[] = [];
  readonly steps: string[] = [];
  readonly #scanner: Scanner;
  readonly #random: SeededRandom;
  /** Whether all files have the same size and time, so that neither distinguishes them. */
  readonly #isCoarse: boolean;
  readonly #disk: Disk = new Map();
  /** Tags that people gave to pictures; an asset's tags apply to each of its frames. */
  readonly #tags = new Map<number, Set<string>>();
  /** Pictures that were copied: their content does not reveal which of the two files is the original. */
  readonly #copied = new Set<number>();
  /** Pictures that were frames of a sequence: they share its tags. */
  readonly #shared = new Set<number>();
  /** The state of the disk before this round. */
  #before: ReadonlyMap<string, number> = new Map();
  /** Where files lay before this round, by their present paths; files that it created are absent. */
  readonly #origins = new Map<string, string>();
  /** Files that this round changed. */
  readonly #touched = new Set<string>();
  /** Files that this round edited: a file that is moved as well cannot be recognised. */
  readonly #edited = new Set<string>();
  #pictures = 0;
  #names = 0;

  constructor(scanner: Scanner, seed: number) {
    this.#scanner = scanner;
    this.#random = seededRandom(seed);
    this.#isCoarse = seed % 2 === 1;
  }

  async begin(): Promise<void> {
    for (const name of PACKAGES) {
      for (let count = 0; count < 5; count += 1) await this.#add(this.#freeName(name));
      for (let count = 0; count < 4; count += 1) await this.#add(`${name}/sh.${1001 + count}.tif`);
    }
    for (const name of PACKAGES) await this.#scanner.scan(name);
    await this.#tagNew();
  }

  async round(): Promise<void> {
    this.#before = new Map(this.#disk);
    this.#origins.clear();
    for (const file of this.#disk.keys()) this.#origins.set(file, file);
    this.#touched.clear();
    this.#edited.clear();
    const count = this.#random.whole(1, 6);
    for (let step = 0; step < count; step += 1) await this.#change();
    const order = this.#random.next() < 0.5 ? PACKAGES : PACKAGES.toReversed();
    this.steps.push(`scan ${order.join(', ')}`);
    // A file's departure from the second package is known only when the first is scanned again.
    for (const name of [...order, order[0] ?? '']) await this.#scanner.scan(name);
    await this.#check();
    await this.#tagNew();
  }

  async #change(): Promise<void> {
    const changes = [
      () => this.#swap(),
      () => this.#swap(),
      () => this.#rotate(),
      () => this.#renumber(),
      () => this.#move(),
      () => this.#move(),
      () => this.#copy(),
      () => this.#moveByCopy(),
      () => this.#remove(),
      () => this.#edit(),
      () => this.#frames(),
      () => this.#frames(),
      () => this.#add(this.#freeName(this.#random.pick(PACKAGES))),
    ];
    await this.#random.pick(changes)();
  }

  /** Returns the files that are an asset each. */
  #singles(): string[] {
    return [...this.#disk.keys()].filter((file) => isSingle(file) && !this.#edited.has(file));
  }

  #frameFiles(): string[] {
    return [...this.#disk.keys()].filter((file) => !isSingle(file));
  }

  #freeName(name: string): string {
    this.#names += 1;
    return `${name}/${this.#random.pick(FOLDERS)}${String(this.#names).padStart(5, '0')}_0.tif`;
  }

  async #add(file: string): Promise<void> {
    this.#pictures += 1;
    this.steps.push(`add ${file}: picture ${this.#pictures}`);
    await this.#scanner.picture(file, this.#pictures);
    if (this.#isCoarse) await utimes(this.#scanner.at(file), SECOND, SECOND);
    this.#disk.set(file, this.#pictures);
    this.#touched.add(file);
  }

  async #rename(from: string, to: string): Promise<void> {
    this.steps.push(`rename ${from} ${to}`);
    await mkdir(path.dirname(this.#scanner.at(to)), { recursive: true });
    await rename(this.#scanner.at(from), this.#scanner.at(to));
    this.#disk.set(to, this.#disk.get(from) ?? 0);
    this.#disk.delete(from);
    const origin = this.#origins.get(from);
    if (origin !== undefined) this.#origins.set(to, origin);
    this.#origins.delete(from);
    this.#touched.add(from).add(to);
  }

  async #swap(): Promise<void> {
    const [one, other] = this.#some(2);
    if (one === undefined || other === undefined) return;
    await this.#rename(one, 'aside.tif');
    await this.#rename(other, one);
    await this.#rename('aside.tif', other);
  }

  async #rotate(): Promise<void> {
    const files = this.#some(this.#random.whole(3, 5));
    const last = files.at(-1);
    if (files.length < 3 || last === undefined) return;
    await this.#rename(last, 'aside.tif');
    for (let index = files.length - 1; index > 0; index -= 1)
      await this.#rename(files[index - 1] ?? '', files[index] ?? '');
    await this.#rename('aside.tif', files[0] ?? '');
  }

  /** Deletes a file and closes the gap. */
  async #renumber(): Promise<void> {
    const name = this.#random.pick(PACKAGES);
    const files = this.#singles()
      .filter((file) => file.startsWith(`${name}/`))
      .sort();
    if (files.length < 3) return;
    const at = this.#random.whole(0, files.length - 2);
    await this.#delete(files[at] ?? '');
    for (let index = at + 1; index < files.length; index += 1)
      await this.#rename(files[index] ?? '', files[index - 1] ?? '');
  }

  async #move(): Promise<void> {
    const [file] = this.#some(1);
    if (file !== undefined) await this.#rename(file, this.#freeName(this.#random.pick(PACKAGES)));
  }

  async #copy(): Promise<void> {
    const [file] = this.#some(1);
    if (file === undefined || this.#touched.has(file)) return;
    const to = this.#freeName(this.#random.pick(PACKAGES));
    this.steps.push(`copy ${file} ${to}`);
    const picture = this.#disk.get(file) ?? 0;
    await mkdir(path.dirname(this.#scanner.at(to)), { recursive: true });
    await copyFile(this.#scanner.at(file), this.#scanner.at(to));
    if (this.#isCoarse) await utimes(this.#scanner.at(to), SECOND, SECOND);
    this.#disk.set(to, picture);
    this.#copied.add(picture);
    this.#touched.add(file).add(to);
  }

  /** Copies and deletes, like a program that cannot rename across drives. */
  async #moveByCopy(): Promise<void> {
    const [file] = this.#some(1);
    if (file === undefined) return;
    const to = this.#freeName(this.#random.pick(PACKAGES));
    this.steps.push(`move by copy ${file} ${to}`);
    await mkdir(path.dirname(this.#scanner.at(to)), { recursive: true });
    await copyFile(this.#scanner.at(file), this.#scanner.at(to));
    if (this.#isCoarse) await utimes(this.#scanner.at(to), SECOND, SECOND);
    await rm(this.#scanner.at(file));
    this.#disk.set(to, this.#disk.get(file) ?? 0);
    this.#disk.delete(file);
    this.#origins.delete(file);
    this.#touched.add(file).add(to);
  }

  async #remove(): Promise<void> {
    const [file] = this.#some(1);
    if (file !== undefined && this.#disk.size > 12) await this.#delete(file);
  }

  async #delete(file: string): Promise<void> {
    this.steps.push(`delete ${file}`);
    await rm(this.#scanner.at(file));
    this.#disk.delete(file);
    this.#origins.delete(file);
    this.#touched.add(file);
  }

  /** Edits a file in place: to people it remains the same picture. */
  async #edit(): Promise<void> {
    const files = this.#singles().filter(
      (file) => !this.#touched.has(file) && !this.#copied.has(this.#disk.get(file) ?? 0),
    );
    if (files.length === 0) return;
    const file = this.#random.pick(files);
    this.#pictures += 1;
    const at = this.#scanner.at(file);
    const before = await stat(at);
    const putsTimeBack = this.#random.next() < 0.5;
    this.steps.push(`edit ${file}: picture ${this.#pictures}${putsTimeBack ? ', keeping its time' : ''}`);
    await this.#scanner.picture('aside.tif', this.#pictures);
    await writeFile(at, await readFile(this.#scanner.at('aside.tif')));
    await rm(this.#scanner.at('aside.tif'));
    if (putsTimeBack) await utimes(at, before.atime, before.mtime);
    const former = this.#disk.get(file) ?? 0;
    this.#tags.set(this.#pictures, this.#tags.get(former) ?? new Set());
    if (this.#shared.has(former)) this.#shared.add(this.#pictures);
    this.#disk.set(file, this.#pictures);
    this.#touched.add(file);
    this.#edited.add(file);
  }

  /** Adds, deletes or moves frames to another sequence of their package, which may be new. */
  async #frames(): Promise<void> {
    const name = this.#random.pick(PACKAGES);
    const files = this.#frameFiles().filter((file) => file.startsWith(`${name}/`));
    const stem = `${name}/${this.#random.pick(['sh', 'a/sh', 'tail'])}`;
    const free = () => {
      for (let number = 1001; ; number += 1)
        if (!this.#disk.has(`${stem}.${number}.tif`)) return `${stem}.${number}.tif`;
    };
    const choice = this.#random.next();
    if (choice < 0.4 || files.length < 3) return this.#add(free());
    const file = this.#random.pick(files);
    if (choice < 0.6) return this.#delete(file);
    const from = file.replace(/\d+\.tif$/, '');
    const some = files.filter((one) => one.startsWith(from)).slice(0, this.#random.whole(1, 3));
    for (const one of some) await this.#rename(one, free());
  }

  #some(count: number): string[] {
    const files = this.#singles();
    const some = new Set<string>();
    while (some.size < Math.min(count, files.length)) some.add(this.#random.pick(files));
    return [...some];
  }

  /** Maps each file's path to the asset that holds it. */
  async #holders() {
    const rows = await this.#scanner.rows();
    const holders = new Map<string, (typeof rows)[number]>();
    for (const row of rows) {
      if (row.missing) continue;
      const full = `${row.package}/${row.path}`;
      const pattern = new RegExp(`^${full.replaceAll('.', '\\.').replace('####', '\\d{4}')}$`);
      for (const file of this.#disk.keys()) if (pattern.test(file)) holders.set(file, row);
    }
    return { rows, holders };
  }

  async #check(): Promise<void> {
    const { rows, holders } = await this.#holders();
    for (const [file, { tags }] of holders) this.#mayBeEdited(file, tags);
    const say = (fault: string) => this.faults.push(fault);
    for (const row of rows) {
      if (!row.missing && ![...holders.values()].includes(row)) say(`${row.package}/${row.path} is not on disk.`);
      if (!row.missing && row.probe !== 'ready') say(`${row.package}/${row.path} is ${row.probe}.`);
    }
    const byPicture = Map.groupBy(this.#disk, ([, picture]) => picture);
    for (const [picture, files] of byPicture) {
      const tags = this.#tags.get(picture) ?? new Set();
      const lists = files.map(([file]) => [file, holders.get(file)?.tags] as const);
      for (const [file, list] of lists) if (list === undefined) say(`${file} has no asset.`);
      if (tags.size > 0 && !lists.some(([, list = []]) => [...tags].every((tag) => list.includes(tag)))) {
        say(
          `Picture ${picture} (${files.map(([file]) => file)}) has lost ${[...tags]}: ${lists.map(([, list]) => list)}.`,
        );
      }
      if (this.#copied.has(picture) || this.#shared.has(picture)) continue;
      if (files.some(([file]) => this.#looksEdited(file, picture))) continue;
      for (const [file, list = []] of lists) {
        // A frame has its sequence's tags.
        if (!isSingle(file)) continue;
        const others = list.filter((tag) => !tags.has(tag));
        if (others.length > 0) say(`${file}, picture ${picture}, has ${others}, which is another's.`);
      }
    }
    // Tags of a picture that is gone are not lost.
    const all = new Set(rows.flatMap((row) => row.tags));
    for (const tags of this.#tags.values()) for (const tag of tags) if (!all.has(tag)) say(`The tag ${tag} is gone.`);
  }

  /** Whether a new picture has the name of one that disappeared in the same round, so that it looks like an edit. */
  #looksEdited(file: string, picture: number): boolean {
    const former = this.#before.get(file);
    if (former === undefined || [...this.#before.values()].includes(picture)) return false;
    return ![...this.#disk.values()].includes(former);
  }

  /**
   * A new picture under the name of a deleted copy, while the others are still the files that they were, may as well be
   * an edit of that copy that a program saved as a new file: the disk is the same in both cases, wherever the others
   * were moved. If it has kept the tags, they belong to it.
   */
  #mayBeEdited(file: string, tags: readonly string[]): void {
    const picture = this.#disk.get(file) ?? 0;
    const former = this.#before.get(file);
    if (former === undefined || former === picture || [...this.#before.values()].includes(picture)) return;
    const copies = [...this.#disk].filter(([, other]) => other === former).map(([copy]) => copy);
    const given = this.#tags.get(former) ?? new Set();
    if (copies.length === 0 || copies.some((copy) => [undefined, file].includes(this.#origins.get(copy)))) return;
    if (given.size === 0 || ![...given].every((tag) => tags.includes(tag))) return;
    this.#tags.set(picture, given);
    this.#tags.delete(former);
  }

  /** Tags everything without a tag, as people would; the frames of a sequence share its tags. */
  async #tagNew(): Promise<void> {
    const { holders } = await this.#holders();
    const given = new Map<string, readonly string[]>();
    for (const [file, row] of holders) {
      const picture = this.#disk.get(file) ?? 0;
      const isSequence = row.path.includes('#');
      let tags = given.get(row.id) ?? row.tags;
      if (tags.length === 0 && !this.#copied.has(picture)) {
        const tag = `t${picture}`;
        await this.#scanner.tag(row.id, tag);
        tags = [tag];
      }
      given.set(row.id, tags);
      if (isSequence) this.#shared.add(picture);
      if (isSequence || (this.#tags.get(picture)?.size ?? 0) === 0) this.#tags.set(picture, new Set(tags));
    }
  }
}

/** Whether a file is always an asset of its own, whatever lies beside it. */
function isSingle(file: string): boolean {
  return file.endsWith('_0.tif');
}
