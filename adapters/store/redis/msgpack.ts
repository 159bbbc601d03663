import { StoreError } from '../../../src/ports.ts';

/** What the scripts pack: whole numbers, texts, and lists of these. https://github.com/msgpack/msgpack/blob/master/spec.md */
export type Packed = number | string | readonly Packed[];

/** The value that bytes begin with, and where what is behind it begins. @throws StoreError `corrupt` for what is no such value */
export function unpack(bytes: Buffer, at = 0): { readonly value: Packed; readonly end: number } {
  const reader = { bytes, at };
  return { value: read(reader), end: reader.at };
}

interface Reader {
  readonly bytes: Buffer;
  at: number;
}

function read(reader: Reader): Packed {
  const type = number(reader, 1);
  if (type < 0x80) return type;
  // A list without anything in it may be written as a map.
  if (type === 0x80) return [];
  if (type < 0x90) throw corrupt();
  if (type < 0xa0) return list(reader, type & 0x0f);
  if (type < 0xc0) return text(reader, type & 0x1f);
  if (type >= 0xe0) return type - 0x100;
  switch (type) {
    case 0xcc:
    case 0xcd:
    case 0xce:
      return number(reader, 2 ** (type - 0xcc));
    case 0xcf:
      return number(reader, 4) * 2 ** 32 + number(reader, 4);
    case 0xd9:
    case 0xda:
    case 0xdb:
      return text(reader, number(reader, 2 ** (type - 0xd9)));
    case 0xdc:
    case 0xdd:
      return list(reader, number(reader, 2 * (type - 0xdb)));
    default:
      throw corrupt();
  }
}

function number(reader: Reader, bytes: number): number {
  const { at } = reader;
  reader.at += bytes;
  if (reader.at > reader.bytes.length) throw corrupt();
  return bytes === 1 ? (reader.bytes[at] ?? 0) : reader.bytes.readUIntBE(at, bytes);
}

function text(reader: Reader, length: number): string {
  const { at } = reader;
  reader.at += length;
  if (reader.at > reader.bytes.length) throw corrupt();
  return length === 0 ? '' : reader.bytes.toString('utf8', at, reader.at);
}

function list(reader: Reader, length: number): Packed[] {
  const items: Packed[] = [];
  for (let i = 0; i < length; i++) items.push(read(reader));
  return items;
}

function corrupt(): StoreError {
  return new StoreError('corrupt', 'A stored record cannot be read');
}
