/** Checks the external programs, and what they can read and write here. */
import { findTools, type InstalledTools } from '../../../media/tools/installed-tools.ts';
import { runTool, ToolFailure } from '../../../media/tools/run-tool.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

export interface ToolFacts {
  readonly tools: InstalledTools;
  /** Names in ffmpeg's list; null: ffmpeg could not list them. */
  readonly encoders: ReadonlySet<string> | null;
  readonly decoders: ReadonlySet<string> | null;
  /** The library that makes thumbnails; null: it does not load. */
  readonly pictures: { version: string; formats: readonly string[] } | null;
}

/** Proxies are H.264 and AAC. */
const ENCODERS = ['libx264', 'aac'];
/** Formats that studios deliver. */
const DECODERS = ['h264', 'hevc', 'prores', 'dnxhd', 'mjpeg', 'exr', 'dpx', 'pcm_s24le'];
const PICTURES = ['png', 'jpeg', 'webp', 'tiff'];
const FFMPEG_LINE = 'sudo apt-get install ffmpeg';

export async function toolFacts(signal: AbortSignal): Promise<ToolFacts> {
  const tools = await findTools(signal);
  const list = (what: string) => (tools.ffmpeg === null ? null : namesOf(what, signal));
  return {
    tools,
    encoders: await list('-encoders'),
    decoders: await list('-decoders'),
    pictures: await pictureFacts(),
  };
}

export function toolFindings({ tools, encoders, decoders, pictures }: ToolFacts): Finding[] {
  const findings: Finding[] = [];
  for (const name of ['ffmpeg', 'ffprobe'] as const) {
    findings.push(
      tools[name] === null
        ? failed(name, `${name} is not installed: video, audio and sequences get no previews.`, FFMPEG_LINE)
        : ok(name, `${name} ${tools[name]}`),
    );
  }
  const without = (names: readonly string[], found: ReadonlySet<string> | null) =>
    found === null ? [] : names.filter((name) => !found.has(name));
  const cannotWrite = without(ENCODERS, encoders);
  if (cannotWrite.length > 0) {
    const advice = `install an ffmpeg with that encoder: ${FFMPEG_LINE}`;
    findings.push(failed('ffmpeg', `ffmpeg cannot write ${cannotWrite.join(', ')}: no proxies can be made.`, advice));
  }
  const cannotRead = without(DECODERS, decoders);
  if (cannotRead.length > 0) {
    findings.push(warning('ffmpeg', `ffmpeg cannot read ${cannotRead.join(', ')}: such files get no previews.`));
  } else if (decoders !== null) {
    findings.push(ok('formats', `ffmpeg reads ${DECODERS.join(', ')}`));
  }
  findings.push(
    tools.oiiotool === null
      ? warning(
          'oiiotool',
          'oiiotool is not installed: some EXR, DPX and Cineon files get no previews.',
          'sudo apt-get install openimageio-tools',
        )
      : ok('oiiotool', `oiiotool ${tools.oiiotool}`),
  );
  findings.push(pictureFinding(pictures));
  return findings;
}

function pictureFinding(pictures: ToolFacts['pictures']): Finding {
  if (pictures === null)
    return failed('pictures', 'The picture library does not load: no thumbnails.', 'npm rebuild sharp');
  const missing = PICTURES.filter((format) => !pictures.formats.includes(format));
  if (missing.length > 0) return failed('pictures', `The picture library cannot read ${missing.join(', ')}.`);
  return ok('pictures', `sharp ${pictures.version} reads ${PICTURES.join(', ')}`);
}

/** Reads the names in one of ffmpeg's lists, whose lines are ` V....D libx264   H.264 …`. */
export function namesInList(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^ [A-Z.]{6} (\S+) /gm)].map(([, name = '']) => name).filter((name) => name !== '='),
  );
}

async function namesOf(what: string, signal: AbortSignal): Promise<Set<string> | null> {
  try {
    const { stdout } = await runTool('ffmpeg', ['-hide_banner', what], { signal, timeoutMs: 10_000 });
    return namesInList(stdout.toString());
  } catch (error) {
    if (error instanceof ToolFailure) return null;
    throw error;
  }
}

async function pictureFacts(): Promise<ToolFacts['pictures']> {
  try {
    const { default: sharp } = await import('sharp');
    const formats = Object.entries(sharp.format).filter(([, { input }]) => input.buffer || input.file);
    return { version: sharp.versions.sharp ?? 'unknown', formats: formats.map(([name]) => name) };
  } catch {
    // sharp is native code for one platform, so loading it may fail.
    return null;
  }
}
