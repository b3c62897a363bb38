/** How ffmpeg and ffprobe are given a client's movie or sound: as what it holds itself, and never as a way to other files. */

/**
 * ffmpeg's names of what is in one file by itself. Which one a file is, is told by its bytes, so a playlist may be called
 * `clip.mov`; `hls`, `concat`, `dash`, `imf` and their like are no part of this, for they open whatever file they name,
 * another client's as well.
 */
export const SELF_CONTAINED = [
  // Containers.
  'mov mp4 m4a 3gp 3g2 mj2 matroska webm mxf avi asf flv live_flv ogg mpeg mpegts mpegtsraw dv gxf lxf nut r3d rm wtv ivf',
  'ivr nsv bink smk yuv4mpegpipe mlv cine filmstrip film_cpk amv kux dhav vividas pmp mtv ea 4xm roq',
  // Pictures without a container.
  'h261 h263 h264 hevc m4v mpegvideo mjpeg mjpeg_2000 smjpeg ingenient dirac dnxhd vc1 vc1test cavsvideo avs2 avs3 obu av1 ipu',
  // Sounds.
  'wav w64 aiff caf au aac ac3 eac3 ac4 dts dtshd truehd mlp mp3 flac amr amrnb amrwb ape wv tta tak shn mpc mpc8 dsf iff',
  'aea aa aax voc sox ircam nistsphere pvf avr rso loas latm oma xwma xa sds sdx spdif s337m qcp gsm',
  // Stills with the name of a movie.
  'gif apng png_pipe jpeg_pipe jpegls_pipe jpegxl_pipe jpegxl_anim webp_pipe tiff_pipe bmp_pipe dpx_pipe exr_pipe cri_pipe',
  'j2k_pipe psd_pipe sgi_pipe hdr_pipe qoi_pipe pbm_pipe pgm_pipe ppm_pipe pam_pipe pcx_pipe',
].flatMap((names) => names.split(' '));

/** What ffmpeg says of another. */
export const NOT_SELF_CONTAINED = /Format not on whitelist/;

/** @param file absolute. @returns options of the input and the input itself. */
export function movieInput(file: string): string[] {
  return ['-protocol_whitelist', 'file', '-format_whitelist', SELF_CONTAINED.join(','), '-i', `file:${file}`];
}
