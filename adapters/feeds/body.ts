import {
  type BodyEvents,
  type BodyReader,
  type Coding,
  inflateAtOnce,
  joined,
  openInflater,
  readPlain,
} from './inflate.ts';

/** Coded bytes gathered before an inflater is opened: most feeds are smaller, and are inflated in one go. */
const GATHER_BYTES = 65_536;
const EMPTY = new Uint8Array(0);

/** Reads a body of at most `maxBytes`, counted after inflating. */
export function readBody(coding: Coding, maxBytes: number, events: BodyEvents): BodyReader {
  return coding === 'identity' ? readPlain(maxBytes, events) : readCoded(coding, maxBytes, events);
}

function readCoded(coding: Coding, maxBytes: number, events: BodyEvents): BodyReader {
  let gathered: Uint8Array[] = [];
  let size = 0;
  let inflater: BodyReader | null = null;

  /** Hands what was gathered to an inflater; false when that has enough for now. */
  function startInflater(): boolean {
    const first = joined(gathered, size);
    gathered = [];
    inflater = openInflater(first, coding, maxBytes, events);
    return inflater.write(first);
  }
  return {
    write(chunk) {
      if (inflater !== null) return inflater.write(chunk);
      gathered.push(chunk);
      size += chunk.length;
      return size > GATHER_BYTES ? startInflater() : true;
    },
    end() {
      if (inflater === null) {
        const bytes = joined(gathered, size);
        const inflated = size === 0 ? { end: 'whole' as const, body: EMPTY } : inflateAtOnce(bytes, coding, maxBytes);
        if (inflated !== null) {
          events.onEnd(inflated.end, inflated.body);
          return;
        }
        startInflater();
      }
      inflater?.end();
    },
    abort: () => inflater?.abort(),
  };
}
