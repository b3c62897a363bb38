/**
 * Extensions of stills: everything that the readers here list (`oiiotool --list-formats`, sharp, ffmpeg's image2)
 * except those below, each with its reason. A test asks the installed programs whether an extension is missing.
 */

/** Extensions that oiiotool reads, without camera raw. */
const BY_OIIOTOOL =
  'avif bmp bw cin dcm dds dib dpx exr fits gif hdr heic heics heif ico iff j2c j2k jfi jfif jif jp2 jpe jpeg jpg mxr pbm pdd pfm pgm pic png pnm ppm psb psd rgb rgba rgbe rla sgi sxr tga tif tiff tpic tx webp zfile';
/** Raw files of cameras, read by LibRaw. */
const CAMERA_RAW =
  '3fr arw bay bmq cr2 cr3 crw dcr dng erf fff iiq k25 kdc mdc mef mos mrw nef nrw orf pef raf rw2 rwl sr2 srf srw x3f';
/** Extensions that only ffmpeg reads. */
const BY_FFMPEG = 'avifs cri jls jps jxl mpo pam pcd pct pcx pgx phm pict qoi ras xwd';
/** HEIF as named by cameras of Canon, Nikon and Sony. */
const BY_CONTENT = 'hif';

/** Raw frames of ARRI, which no reader here knows: they are told apart from other files, and kept together. */
const BY_NONE = 'ari arx';

export const STILL_EXTENSIONS: readonly string[] = [BY_OIIOTOOL, CAMERA_RAW, BY_FFMPEG, BY_CONTENT, BY_NONE].flatMap(
  (names) => names.split(' '),
);

/** Stills that renderers, scanners and cameras write as sequences. */
export const FRAME_EXTENSIONS: readonly string[] =
  'ari arx bmp cin dds dng dpx exr hdr iff j2c j2k jfif jp2 jpe jpeg jpg pfm pgm pic png pnm ppm rgb rgba rla sgi tga tif tiff webp'.split(
    ' ',
  );

/** Extensions that readers list but that are not stills here, by the reason. */
export const NO_STILLS: Readonly<Record<string, readonly string[]>> = {
  'video or audio': ['3g2', '3gp', 'avi', 'cine', 'm4a', 'm4v', 'mj2', 'mov', 'mp4', 'mpg', 'qt'],
  'not a picture': ['nul', 'null', 'term', 'vdb'],
  'a program: an SVG from a client is never rendered': ['svg', 'svg.gz', 'svgz'],
  'pixels without a header, or a format of one library only': ['raw', 'v', 'vips'],
  'better known as other kinds of file': [
    ...['cap', 'cs1', 'dc2', 'drf', 'dsc', 'env', 'ia', 'int', 'inta', 'kc2', 'ptx', 'pxn', 'qtk', 'rdc', 'rwz', 'sm'],
    ...['sti', 'vsm', 'z'],
  ],
};
