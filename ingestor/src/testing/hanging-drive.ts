/**
 * Mounts a real network drive that can stop answering: a folder behind `sshfs`, which speaks SFTP (version 3,
 * https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02) to this process over pipes. While the drive
 * hangs, every system call that touches it blocks, as with an unreachable NAS.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { until } from './until.ts';

/** Explains in a sentence why such a drive is not available here; null: it is. */
export function whyNoDrive(): string | null {
  try {
    execFileSync('sshfs', ['--version'], { stdio: 'ignore' });
    execFileSync('fusermount3', ['--version'], { stdio: 'ignore' });
    closeSync(openSync('/dev/fuse', 'r+'));
    return null;
  } catch (error) {
    return `This machine cannot mount FUSE file systems (${(error as Error).message}), so a hanging drive is not available.`;
  }
}

export class HangingDrive implements AsyncDisposable {
  readonly folder: string;
  readonly #source: string;
  readonly #sshfs: ChildProcess;
  readonly #handles = new Map<string, { path: string; names: string[] | null; file: number | null }>();
  #received = Buffer.alloc(0);
  #isHung: boolean = false;
  #lastHandle = 0;

  /** @param source the folder to show. @param folder the mount point, which is created. */
  static async mount(source: string, folder: string): Promise<HangingDrive> {
    await mkdir(folder, { recursive: true });
    const drive = new HangingDrive(source, folder);
    // A synchronous look at the folder itself would wait for this very process.
    await until(async () => {
      if (drive.#sshfs.exitCode !== null) throw new Error('sshfs ended: the drive was not mounted');
      return readFileSync('/proc/mounts', 'utf8').includes(` ${folder} fuse.sshfs `);
    });
    return drive;
  }

  private constructor(source: string, folder: string) {
    this.#source = source;
    this.folder = folder;
    const options = 'passive,dir_cache=no,attr_timeout=0,entry_timeout=0,negative_timeout=0,direct_io';
    this.#sshfs = spawn('sshfs', [`:${source}`, folder, '-f', '-o', options], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#sshfs.stdin?.on('error', () => {});
    this.#sshfs.stdout?.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#serve();
    });
  }

  /** Stops answering. */
  hang(): void {
    this.#isHung = true;
  }

  /** Answers the pending requests and all later ones. */
  resume(): void {
    this.#isHung = false;
    this.#serve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.resume();
    try {
      execFileSync('fusermount3', ['-u', '-z', this.folder], { stdio: 'ignore' });
    } catch {
      // Already unmounted.
    }
    this.#sshfs.kill('SIGKILL');
    for (const { file } of this.#handles.values()) if (file !== null) closeSync(file);
  }

  #serve(): void {
    while (!this.#isHung && this.#received.length >= 4) {
      const length = this.#received.readUInt32BE(0);
      if (this.#received.length < 4 + length) return;
      const packet = this.#received.subarray(4, 4 + length);
      this.#received = this.#received.subarray(4 + length);
      this.#sshfs.stdin?.write(framed(this.#answer(packet)));
    }
  }

  #answer(packet: Buffer): Buffer {
    const type = packet.readUInt8(0);
    if (type === REQUEST.init) return Buffer.concat([byte(REPLY.version), uint32(3)]);
    const id = packet.subarray(1, 5);
    const [text, rest] = textAt(packet, 5);
    const reply = (kind: number, ...parts: Buffer[]) => Buffer.concat([byte(kind), id, ...parts]);
    const status = (code: number) => reply(REPLY.status, uint32(code), string(''), string(''));
    try {
      switch (type) {
        case REQUEST.lstat:
          return reply(REPLY.attributes, attributes(lstatSync(text)));
        case REQUEST.stat:
          return reply(REPLY.attributes, attributes(statSync(text)));
        case REQUEST.realpath:
          return reply(REPLY.name, uint32(1), string(text === '.' ? this.#source : text), string(''), uint32(0));
        case REQUEST.openFolder:
          return reply(REPLY.handle, string(this.#handle({ path: text, names: readdirSync(text), file: null })));
        case REQUEST.open:
          return reply(REPLY.handle, string(this.#handle({ path: text, names: null, file: openSync(text, 'r') })));
        case REQUEST.readFolder: {
          const handle = this.#handles.get(text);
          const names = handle?.names ?? [];
          if (names.length === 0) return status(STATUS.end);
          const some = names.splice(0, 100);
          const entries = some.map((name) =>
            Buffer.concat([string(name), string(''), attributes(lstatSync(path.join(handle?.path ?? '', name)))]),
          );
          return reply(REPLY.name, uint32(some.length), ...entries);
        }
        case REQUEST.read: {
          const bytes = Buffer.alloc(rest.readUInt32BE(8));
          const at = Number(rest.readBigUInt64BE(0));
          const count = readSync(this.#handles.get(text)?.file ?? -1, bytes, 0, bytes.length, at);
          return count === 0 ? status(STATUS.end) : reply(REPLY.data, string(bytes.subarray(0, count)));
        }
        case REQUEST.statHandle:
          return reply(REPLY.attributes, attributes(statSync(this.#handles.get(text)?.path ?? '')));
        case REQUEST.close: {
          const file = this.#handles.get(text)?.file ?? null;
          if (file !== null) closeSync(file);
          this.#handles.delete(text);
          return status(STATUS.ok);
        }
        default:
          return status(STATUS.unsupported);
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return status(code === 'ENOENT' ? STATUS.noFile : code === 'EACCES' ? STATUS.denied : STATUS.failure);
    }
  }

  #handle(handle: { path: string; names: string[] | null; file: number | null }): string {
    this.#lastHandle += 1;
    const name = String(this.#lastHandle);
    this.#handles.set(name, handle);
    return name;
  }
}

const REQUEST = {
  init: 1,
  open: 3,
  close: 4,
  read: 5,
  lstat: 7,
  statHandle: 8,
  openFolder: 11,
  readFolder: 12,
  realpath: 16,
  stat: 17,
} as const;
const REPLY = { version: 2, status: 101, handle: 102, data: 103, name: 104, attributes: 105 } as const;
const STATUS = { ok: 0, end: 1, noFile: 2, denied: 3, failure: 4, unsupported: 8 } as const;

/** Encodes size, owner, mode and times, as the flags announce. */
function attributes({ size, uid, gid, mode, atimeMs, mtimeMs }: Stats): Buffer {
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(BigInt(size));
  const seconds = (ms: number) => uint32(Math.trunc(ms / 1000));
  return Buffer.concat([uint32(15), long, uint32(uid), uint32(gid), uint32(mode), seconds(atimeMs), seconds(mtimeMs)]);
}

function textAt(packet: Buffer, at: number): [text: string, rest: Buffer] {
  const length = packet.length >= at + 4 ? packet.readUInt32BE(at) : 0;
  return [packet.toString('utf8', at + 4, at + 4 + length), packet.subarray(at + 4 + length)];
}

function byte(value: number): Buffer {
  return Buffer.of(value);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function string(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function framed(packet: Buffer): Buffer {
  return Buffer.concat([uint32(packet.length), packet]);
}
