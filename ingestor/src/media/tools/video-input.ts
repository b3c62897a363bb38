/**
 * Builds the input options with which ffmpeg and ffprobe read only a client's file itself, and never follow it to other
 * files.
 */

/**
 * ffmpeg's names of self-contained formats. ffmpeg detects the format by the bytes, so a playlist may be called
 * `clip.mov`; `hls`, `concat`, `dash`, `imf` and similar formats are excluded because they open every file that they
 * name, even another client's.
 */
export const SELF_CONTAINED = [
  // Containers.
  'mov mp4 m4a 3gp 3g2 mj2 matroska webm mxf avi asf flv live_flv ogg mpeg mpegts mpegtsraw dv gxf lxf nut r3d rm wtv ivf',
  'ivr nsv bink smk yuv4mpegpipe mlv cine filmstrip film_cpk amv kux dhav vividas pmp mtv ea 4xm roq',
  // Video without a container.
  'h261 h263 h264 hevc m4v mpegvideo mjpeg mjpeg_2000 smjpeg ingenient dirac dnxhd vc1 vc1test cavsvideo avs2 avs3 obu av1 ipu',
  // Audio.
  'wav w64 aiff caf au aac ac3 eac3 ac4 dts dtshd truehd mlp mp3 flac amr amrnb amrwb ape wv tta tak shn mpc mpc8 dsf iff',
  'aea aa aax voc sox ircam nistsphere pvf avr rso loas latm oma xwma xa sds sdx spdif s337m qcp gsm',
  // Stills named like videos.
  'gif apng png_pipe jpeg_pipe jpegls_pipe jpegxl_pipe jpegxl_anim webp_pipe tiff_pipe bmp_pipe dpx_pipe exr_pipe cri_pipe',
  'j2k_pipe psd_pipe sgi_pipe hdr_pipe qoi_pipe pbm_pipe pgm_pipe ppm_pipe pam_pipe pcx_pipe',
].flatMap((names) => names.split(' '));

/** ffmpeg's message for any other format. */
export const NOT_SELF_CONTAINED = /Format not on whitelist/;

/** @param file absolute. @returns options of the input and the input itself. */
export function videoInput(file: string): string[] {
  return ['-protocol_whitelist', 'file', '-format_whitelist', SELF_CONTAINED.join(','), '-i', `file:${file}`];
}
