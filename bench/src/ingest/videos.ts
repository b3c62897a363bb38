/** Compares all derivatives of a video from one decode with one ffmpeg run per derivative and with the proxy alone. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { runFfmpeg } from '@ingesthub/fixtures/run-ffmpeg.ts';
import { DerivativeStore } from '@ingesthub/ingestor/media/tools/derivative-store.ts';
import { findTools } from '@ingesthub/ingestor/media/tools/installed-tools.ts';
import { runTool } from '@ingesthub/ingestor/media/tools/run-tool.ts';
import { deriveVideo } from '@ingesthub/ingestor/media/video/derive-video.ts';
import { ffprobe } from '@ingesthub/ingestor/media/video/ffprobe.ts';
import { type Figure, printFigures } from '../measure/figures.ts';

/** Encoder options that follow the two inputs: a moving picture with some grain, and a tone. */
const KINDS: readonly { name: string; count: number; size: string; encode: string }[] = [
  {
    name: 'h264.mp4',
    count: 6,
    size: '1920x1080',
    encode: '-c:v libx264 -preset superfast -crf 18 -pix_fmt yuv420p -c:a aac',
  },
  {
    name: 'prores.mov',
    count: 5,
    size: '1920x1080',
    encode: '-c:v prores_ks -profile:v 2 -pix_fmt yuv422p10le -c:a pcm_s16le',
  },
  {
    name: 'dnxhr.mov',
    count: 3,
    size: '1920x1080',
    encode: '-c:v dnxhd -profile:v dnxhr_sq -pix_fmt yuv422p -c:a pcm_s16le',
  },
  {
    name: 'hevc-4k.mp4',
    count: 3,
    size: '3840x2160',
    encode: '-c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p -tag:v hvc1 -c:a aac',
  },
  { name: 'mpeg2.mxf', count: 3, size: '1920x1080', encode: '-c:v mpeg2video -q:v 3 -pix_fmt yuv422p -c:a pcm_s16le' },
];
/** Seconds of the shortest video; each further one of its kind is `step` longer. */
const LENGTH = { first: 2, step: 0.25 };

const ENCODE =
  '-c:v libx264 -preset veryfast -crf 23 -g 60 -pix_fmt yuv420p -c:a aac -b:a 160k -ac 2 -movflags +faststart';
const FIT = 'scale=1280:720:flags=bicubic,format=yuv420p';

type Contender = 'one decode' | 'one decode, with waveform' | 'one run each' | 'proxy alone';

/** @param options.rounds number of passes over all videos; the contenders take turns. */
export async function videosBenchmark({ rounds = 1 } = {}): Promise<void> {
  await using folder = await temporaryFolder();
  const files = await writeVideos(folder.path);
  const signal = new AbortController().signal;
  const tools = await findTools(signal);
  const store = new DerivativeStore(path.join(folder.path, 'derivatives'), 'bench');
  await store.clear();
  let made = 0;
  const oneDecode = async (file: string, waveform: boolean): Promise<void> => {
    const found = await ffprobe(file, signal);
    const wants = { thumbnail: true, proxy: true, sprite: true, waveform };
    const source = { fileType: 'video', files: [file], frames: null } as const;
    made += 1;
    await deriveVideo(source, found, `aa${made}`, wants, { host: 'bench', tools, store, signal });
  };
  const contenders: Record<Contender, (file: string) => Promise<unknown>> = {
    'one decode': (file) => oneDecode(file, false),
    'one decode, with waveform': (file) => oneDecode(file, true),
    'one run each': (file) => separately(file, folder.path),
    'proxy alone': (file) => encodeProxy(file, folder.path),
  };
  const names = Object.keys(contenders) as Contender[];
  const spent = new Map(names.map((name) => [name, { wall: 0, processor: 0 }]));
  for (const [index, file] of Array.from({ length: rounds }, () => files)
    .flat()
    .entries()) {
    // The first contender reads the file from disk, so the order rotates.
    for (const turn of names.keys()) {
      const name = names[(turn + index) % names.length] ?? 'one decode';
      const [started, used] = [performance.now(), await processorSeconds()];
      await contenders[name](file);
      const sum = spent.get(name) ?? { wall: 0, processor: 0 };
      sum.wall += (performance.now() - started) / 1000 / rounds;
      sum.processor += ((await processorSeconds()) - used) / rounds;
    }
  }
  const total = (name: Contender, what: 'wall' | 'processor'): number => spent.get(name)?.[what] || Number.NaN;
  const share = (rival: Contender, what: 'wall' | 'processor') => total('one decode', what) / total(rival, what);
  const more = total('one decode, with waveform', 'processor') / total('one decode', 'processor');
  const ours: Figure[] = [
    { what: 'share of one run each', value: share('one run each', 'wall'), unit: '', target: { atMost: 0.75 } },
    { what: 'share of the proxy alone', value: share('proxy alone', 'wall'), unit: '', target: { atMost: 1.1 } },
    // On a busy machine, processor time is the more accurate figure.
    { what: 'share of processor time: one run each', value: share('one run each', 'processor'), unit: '' },
    { what: 'share of processor time: the proxy alone', value: share('proxy alone', 'processor'), unit: '' },
    { what: 'processor time of the waveform', value: 100 * (more - 1), unit: '%', target: { below: 2 } },
  ];
  const results = new Map<string, readonly Figure[]>(
    names.map((name) => [
      name,
      [
        { what: 'all videos', value: total(name, 'wall'), unit: 's' },
        { what: 'processor time', value: total(name, 'processor'), unit: 's' },
        ...(name === 'one decode' ? ours : []),
      ],
    ]),
  );
  printFigures(`Probe, proxy, thumbnail and sprite of ${files.length} videos`, results);
}

/** Returns the processor time of this process and its ended children; 0 where the system does not report it. */
async function processorSeconds(): Promise<number> {
  const text = await readFile('/proc/self/stat', 'latin1').catch(() => '');
  // Fields counted from the process state: user, system and both for the children, in hundredths of a second.
  const ticks = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15);
  return ticks.reduce((sum, tick) => sum + Number(tick), 0) / 100;
}

async function writeVideos(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const { name, count, size, encode } of KINDS) {
    const longest = LENGTH.first + LENGTH.step * count;
    const whole = path.join(folder, `whole-${name}`);
    const picture = `-f lavfi -i testsrc2=size=${size}:rate=24,noise=alls=8:allf=t`;
    const inputs = `${picture} -f lavfi -i sine=frequency=440:sample_rate=48000 -t ${longest}`;
    await runFfmpeg({ args: [...inputs.split(' '), ...encode.split(' '), whole] });
    for (let index = 0; index < count; index++) {
      const file = path.join(folder, `${index}-${name}`);
      const length = String(LENGTH.first + LENGTH.step * index);
      await runFfmpeg({ args: ['-i', whole, '-t', length, '-c', 'copy', file] });
      files.push(file);
    }
  }
  return files;
}

/** Works as a script would: four programs, three decodes. All contenders' programs run at the same priority. */
async function separately(file: string, folder: string): Promise<void> {
  const { stdout } = await tool('ffprobe', ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', file]);
  const { format } = JSON.parse(stdout.toString()) as { format: { duration: string } };
  const length = Number(format.duration);
  await encodeProxy(file, folder);
  const thumbnail = ['-frames:v', '1', '-vf', 'scale=480:270', path.join(folder, 'thumbnail.webp')];
  await tool('ffmpeg', [...QUIET, '-ss', String(length / 10), '-i', file, ...thumbnail]);
  const sheet = `fps=100/${length},scale=160:90,tile=10x10`;
  const sprite = ['-an', '-vf', sheet, '-frames:v', '1', path.join(folder, 'sprite.jpg')];
  await tool('ffmpeg', [...QUIET, '-i', file, ...sprite]);
}

async function encodeProxy(file: string, folder: string): Promise<void> {
  const encode = [...ENCODE.split(' '), path.join(folder, 'proxy.mp4')];
  await tool('ffmpeg', [...QUIET, '-i', file, '-vf', FIT, ...encode]);
}

const QUIET = ['-v', 'error', '-nostdin', '-y'];

function tool(name: string, args: readonly string[]) {
  return runTool(name, args, { signal: new AbortController().signal, timeoutMs: 600_000 });
}
