/** What ffmpeg is told. The recipe of proxies: H.264 CRF 23, at most 720 lines, yuv420p, AAC, ready to stream. */

/** Lines. */
export const PROXY_HEIGHT = 720;
/** Of sequences, whose files name no rate. */
export const SEQUENCE_FRAME_RATE = 24;

const COMMON = ['-v', 'error', '-nostdin', '-y'];

/**
 * Square pixels, at most 720 lines, both sides even. The `floor`s keep odd and tiny pictures legal for
 * 4:2:0; quotes keep the commas of `min` out of the filter list.
 */
const SIZE = `w='max(2,2*floor(iw*sar*min(1,${PROXY_HEIGHT}/ih)/2+0.5))':h='max(2,2*floor(min(ih,${PROXY_HEIGHT})/2))'`;

const ENCODE = [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-pix_fmt', 'yuv420p'],
  ...['-c:a', 'aac', '-b:a', '160k', '-ac', '2'],
  ...['-map_metadata', '-1', '-movflags', '+faststart', '-f', 'mp4'],
];

/** Of a video, or of a sound alone. `V` leaves out the cover pictures of sound files. */
export function videoProxyArguments(file: string, draft: string): string[] {
  return [
    ...COMMON,
    ...['-protocol_whitelist', 'file', '-i', `file:${file}`],
    ...['-map', '0:V:0?', '-map', '0:a:0?', '-sn', '-dn'],
    ...['-vf', `scale=${SIZE},setsar=1,format=yuv420p`],
    ...ENCODE,
    `file:${draft}`,
  ];
}

/** Of frames numbered without gaps: `pattern` is '%06d.jpg' in ffmpeg's working folder. */
export function sequenceProxyArguments(pattern: string, draft: string): string[] {
  return [
    ...COMMON,
    ...['-f', 'image2', '-framerate', String(SEQUENCE_FRAME_RATE), '-start_number', '1', '-i', pattern],
    // Stills are full-range RGB or Rec. 601; players take untagged movies of this size for Rec. 709.
    ...['-vf', `scale=${SIZE}:out_color_matrix=bt709:out_range=tv,setsar=1,format=yuv420p`],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...ENCODE,
    `file:${draft}`,
  ];
}

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

/** One still that ffmpeg alone reads, as PNG on standard output; EXR's scene-linear light as sRGB. */
export function stillArguments(name: string): string[] {
  const transfer = name.endsWith('.exr') ? ['-apply_trc', 'iec61966_2_1'] : [];
  return [...COMMON, ...transfer, '-i', name, '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', 'pipe:1'];
}
