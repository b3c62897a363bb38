/**
 * The extensions of stills: all that the readers here say they read (`oiiotool --list-formats`, sharp, ffmpeg's image2),
 * but for those below, which have a reason of their own. A test asks the installed programs whether one is missing.
 */

/** oiiotool's, without its camera raw. */
const BY_OIIOTOOL =
  'avif bmp bw cin dcm dds dib dpx exr fits gif hdr heic heics heif ico iff j2c j2k jfi jfif jif jp2 jpe jpeg jpg mxr pbm pdd pfm pgm pic png pnm ppm psb psd rgb rgba rgbe rla sgi sxr tga tif tiff tpic tx webp zfile';
/** Raw files of cameras, by LibRaw. */
const CAMERA_RAW =
  '3fr arw bay bmq cr2 cr3 crw dcr dng erf fff iiq k25 kdc mdc mef mos mrw nef nrw orf pef raf rw2 rwl sr2 srf srw x3f';
/** Those that ffmpeg alone reads. */
const BY_FFMPEG = 'avifs cri jls jps jxl mpo pam pcd pct pcx pgx phm pict qoi ras xwd';
/** HEIF as cameras of Canon, Nikon and Sony name it. */
const BY_CONTENT = 'hif';

export const STILL_EXTENSIONS: readonly string[] = [BY_OIIOTOOL, CAMERA_RAW, BY_FFMPEG, BY_CONTENT].flatMap((names) =>
  names.split(' '),
);

/** Stills that renderers, scanners and cameras write frame by frame. */
export const FRAME_EXTENSIONS: readonly string[] =
  'bmp cin dds dng dpx exr hdr iff j2c j2k jfif jp2 jpe jpeg jpg pfm pgm pic png pnm ppm rgb rgba rla sgi tga tif tiff webp'.split(
    ' ',
  );

/** What readers list and is no still here, with the reason. */
export const NO_STILLS: Readonly<Record<string, readonly string[]>> = {
  'a movie or a sound': ['3g2', '3gp', 'avi', 'cine', 'm4a', 'm4v', 'mj2', 'mov', 'mp4', 'mpg', 'qt'],
  'no picture': ['nul', 'null', 'term', 'vdb'],
  'a program: SVG is never drawn from what clients send': ['svg', 'svg.gz', 'svgz'],
  'pixels without a header, or a format of this library alone': ['raw', 'v', 'vips'],
  'better known as files of other kinds': [
    ...['cap', 'cs1', 'dc2', 'drf', 'dsc', 'env', 'ia', 'int', 'inta', 'kc2', 'ptx', 'pxn', 'qtk', 'rdc', 'rwz', 'sm'],
    ...['sti', 'vsm', 'z'],
  ],
};
