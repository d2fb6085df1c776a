// Archives for the specs, made here: files as they are, nothing packed; and pages in the encoding of old sites.
import { crc } from './pictures';

/** A zip archive of these files. */
export function zip(files: Record<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const table: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const called = Buffer.from(name);
    const head = Buffer.alloc(26);
    // Version, names in UTF-8, stored, a day.
    head.set([20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0x28]);
    head.writeUInt32LE(crc(bytes), 10);
    head.writeUInt32LE(bytes.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(called.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const part = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, called, bytes]);
    table.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), head, place, called);
    parts.push(part);
    at += part.length;
  }
  const rows = Buffer.concat(table);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(rows.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, rows, end]);
}

/** Every character of two bytes, by what a browser reads them as. */
const GBK = new Map<string, [number, number]>();
const decoder = new TextDecoder('gbk');
for (let high = 0x81; high <= 0xfe; high += 1) {
  for (let low = 0x40; low <= 0xfe; low += 1) GBK.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
}

/** A text in GBK. */
export const gbk = (text: string) => Buffer.from([...text].flatMap((sign) => (sign < '\x80' ? [sign.charCodeAt(0)] : (GBK.get(sign) ?? [0x3f]))));
