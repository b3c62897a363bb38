/** What ffmpeg is told to make a picture of a video. */

const COMMON = ['-v', 'error', '-nostdin', '-y'];

/** One frame of a video as PNG on standard output, within a square of `edge` pixels. */
export function frameArguments(file: string, atSeconds: number, edge: number): string[] {
  const fit = `scale=w='iw*sar':h=ih,scale=w='min(${edge},iw)':h='min(${edge},ih)':force_original_aspect_ratio=decrease`;
  return [
    ...COMMON,
    ...['-ss', atSeconds.toFixed(3), '-protocol_whitelist', 'file', '-i', `file:${file}`],
    ...['-map', '0:V:0', '-frames:v', '1', '-vf', fit],
    ...['-f', 'image2pipe', '-c:v', 'png', 'pipe:1'],
  ];
}
