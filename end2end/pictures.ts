// Pictures for the specs, made here: of noise, so that nothing makes them smaller, and with what telephones write into them.
import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';

const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** The sum by which PNG and zip tell what is damaged. */
export function crc(bytes: Buffer): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (table[(c ^ byte) & 255] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

/** A PNG of noise: three bytes a pixel, whatever is done to it. */
export function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = width * 3 + 1;
  const pixels = randomBytes(row * height);
  for (let y = 0; y < height; y += 1) pixels[y * row] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(pixels, { level: 1 })), chunk('IEND', Buffer.alloc(0))]);
}

/** What stands in the metadata of [`photograph`] and nowhere else. */
export const TELLTALE = 'NIKON-of-somebody-at-home';

/** A JPEG as a telephone on its side writes it: lying, left half red, right half blue, to be turned by 90° to the right, with
 * the place where it was taken. */
export async function photograph(page: Page, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(
    ([width, height, red, green]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const paint = canvas.getContext('2d');
      if (!paint) throw new Error('no canvas');
      paint.fillStyle = '#d01010';
      paint.fillRect(0, 0, width / 2, height);
      paint.fillStyle = '#1010d0';
      paint.fillRect(width / 2, 0, width / 2, height);
      // A mark of its own in the corner: the same bytes twice would be one picture in the library.
      paint.fillStyle = `rgb(${red}, ${green}, 0)`;
      paint.fillRect(0, 0, width / 8, height / 8);
      return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
    },
    [width, height, ...randomBytes(2)] as [number, number, number, number],
  );
  const jpeg = Buffer.from(base64, 'base64');
  const app1 = exif();
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(app1.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, app1, jpeg.subarray(2)]);
}

function exif(): Buffer {
  const text = Buffer.from(`${TELLTALE}\0`, 'latin1');
  const tiff = Buffer.alloc(8 + 2 + 3 * 12 + 4 + 2 + 2 * 12 + 4 + 24 + text.length);
  tiff.write('II', 0, 'latin1');
  tiff.writeUInt16LE(42, 2);
  tiff.writeUInt32LE(8, 4);
  const gps = 8 + 2 + 3 * 12 + 4;
  const degrees = gps + 2 + 2 * 12 + 4;
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  tiff.writeUInt16LE(3, 8);
  entry(10, 0x010f, 2, text.length, degrees + 24);
  entry(22, 0x0112, 3, 1, 6);
  entry(34, 0x8825, 4, 1, gps);
  tiff.writeUInt16LE(2, gps);
  entry(gps + 2, 1, 2, 2, 'N'.charCodeAt(0));
  entry(gps + 14, 2, 5, 3, degrees);
  [24, 1, 21, 1, 7, 1].forEach((number, n) => tiff.writeUInt32LE(number, degrees + n * 4));
  text.copy(tiff, degrees + 24);
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
}

/** The tags that the EXIF data of a JPEG holds, beside the one that says how it is to be turned. */
export function told(jpeg: Buffer): number[] {
  const at = jpeg.indexOf('Exif\0\0', 0, 'latin1');
  if (at < 0) return [];
  const tiff = jpeg.subarray(at + 6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const read16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  return Array.from({ length: read16(first) }, (_, n) => read16(first + 2 + n * 12)).filter((tag) => tag !== 0x0112);
}
