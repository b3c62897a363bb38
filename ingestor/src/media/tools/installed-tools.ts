/** Detects the external programs on this host. */
import { runTool, ToolFailure } from './run-tool.ts';

/** Versions; null when not installed. */
export interface InstalledTools {
  readonly ffmpeg: string | null;
  readonly ffprobe: string | null;
  readonly oiiotool: string | null;
}

export async function findTools(signal: AbortSignal): Promise<InstalledTools> {
  const [ffmpeg, ffprobe, oiiotool] = await Promise.all([
    version('ffmpeg', ['-version'], signal),
    version('ffprobe', ['-version'], signal),
    version('oiiotool', ['--version'], signal),
  ]);
  return { ffmpeg, ffprobe, oiiotool };
}

/** Returns a sentence for the log about each missing program. */
export function missingTools(tools: InstalledTools): string[] {
  const sentences: string[] = [];
  if (tools.ffmpeg === null || tools.ffprobe === null) {
    sentences.push(
      'ffmpeg is not installed: video, audio and image sequences get no previews. Install it with: apt-get install ffmpeg',
    );
  }
  if (tools.oiiotool === null) {
    sentences.push(
      'oiiotool is not installed: some EXR, DPX and Cineon files get no previews. Install it with: apt-get install openimageio-tools',
    );
  }
  return sentences;
}

async function version(tool: string, args: readonly string[], signal: AbortSignal): Promise<string | null> {
  try {
    const { stdout } = await runTool(tool, args, { signal, timeoutMs: 10_000 });
    return /\d+(?:\.\d+)+\S*/.exec(stdout.toString())?.[0] ?? 'unknown';
  } catch (error) {
    if (error instanceof ToolFailure) return null;
    throw error;
  }
}
