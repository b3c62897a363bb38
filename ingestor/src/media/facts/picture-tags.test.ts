import sharp from 'sharp';
import { expect, test } from 'vitest';
import { detailsOf } from './details-of.ts';
import { pictureTags } from './picture-tags.ts';

const tagsOf = (bytes: Buffer) => detailsOf(pictureTags(bytes));

const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="4" xmp:Label="Select">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Hafen bei Nacht – Ölpier</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>harbour</rdf:li><rdf:li>night</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

function jpeg(exif: object, xmp?: string): Promise<Buffer> {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } })
    .jpeg()
    .withExif(exif);
  return (xmp === undefined ? picture : picture.withXmp(xmp)).toBuffer();
}

test('pictureTags reads camera, place and time of a photograph', async () => {
  const photograph = await jpeg({
    IFD0: { Make: 'ARRI', Model: 'ALEXA 35', Copyright: 'Studio' },
    IFD2: {
      ...{ DateTimeOriginal: '2024:05:01 10:00:00', OffsetTimeOriginal: '+02:00', FNumber: '28/10' },
      ...{ ExposureTime: '1/48', ISOSpeedRatings: '800', FocalLength: '35/1', LensModel: 'Signature Prime' },
    },
    IFD3: {
      ...{ GPSLatitudeRef: 'N', GPSLatitude: '48/1 8/1 1356/100' },
      ...{ GPSLongitudeRef: 'W', GPSLongitude: '11/1 34/1 3180/100', GPSAltitudeRef: '0', GPSAltitude: '519/1' },
    },
  });
  expect(tagsOf(photograph)).toEqual({
    camera: {
      ...{ make: 'ARRI', model: 'ALEXA 35', lens: 'Signature Prime' },
      ...{ iso: 800, aperture: 2.8, shutter_seconds: 1 / 48, focal_length_mm: 35 },
    },
    place: { latitude: expect.closeTo(48.1371, 4), longitude: expect.closeTo(-11.5755, 4), altitude: 519 },
    description: { rights: 'Studio' },
    captured_at: '2024-05-01T10:00:00+02:00',
  });
});

test('pictureTags reads what people wrote with XMP, from a file and from its packet alone', async () => {
  const expected = {
    description: {
      ...{
        title: 'Hafen bei Nacht – Ölpier',
        creator: 'Ada',
        keywords: ['harbour', 'night'],
        rating: 4,
        label: 'Select',
      },
    },
  };
  expect(tagsOf(Buffer.from(XMP))).toEqual(expected);
  expect(tagsOf(Buffer.from(XMP.replace(/<.xpacket.*?>/g, '')))).toEqual(expected);
  expect(tagsOf(await jpeg({}, XMP))).toMatchObject(expected);
});

test('pictureTags takes the time from XMP when EXIF has none', async () => {
  const dated = XMP.replace('xmp:Rating="4"', 'xmp:Rating="4" xmp:CreateDate="2021-02-03T04:05:06+01:00"');
  expect(tagsOf(Buffer.from(dated)).captured_at).toBe('2021-02-03T04:05:06+01:00');
  const both = await jpeg({ IFD2: { DateTimeOriginal: '2020:01:02 03:04:05' } }, dated);
  expect(tagsOf(both).captured_at).toBe('2020-01-02T03:04:05');
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['noise', Buffer.from('noise that is not a picture')],
  ['a cut block', Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\xff', 'latin1')],
  ['a loop of directories', Buffer.from('II*\0\x08\0\0\0\0\0\x08\0\0\0', 'latin1')],
  [
    'entities in XMP',
    Buffer.from(XMP.replace('<x:xmpmeta', '<!DOCTYPE a [<!ENTITY b "bbbb">]><x:xmpmeta').replace('Ada', '&b;')),
  ],
  ['nested XMP', Buffer.from(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${'<a>'.repeat(50_000)}`)],
])('pictureTags finds nothing in %s', (_, bytes) => expect(tagsOf(bytes).camera).toBeUndefined());

test('pictureTags treats 0 as unknown, as cameras do', async () =>
  expect(tagsOf(await jpeg({ IFD2: { FNumber: '0/1', ISOSpeedRatings: '0', ExposureTime: '1/0' } }))).toEqual({}));
