import type { Http, HttpAnswer } from '../feeds/http.ts';

/** A robots.txt as far as it is kept: its text, or that nothing may be asked for. */
export type RobotsText = { readonly kind: 'rules'; readonly text: string } | { readonly kind: 'nothing' };

export interface RobotsFiles {
  /** The robots.txt that holds for an address; asked for at most once a day and origin. */
  about(url: string, signal: AbortSignal): Promise<RobotsText>;
}

/** RFC 9309 2.5: at least 500 KiB are to be read. */
const MOST_BYTES = 512 * 1024;
/** RFC 9309 2.4: not to be used for longer than a day. */
const KEPT_MS = 86_400_000;
const KEPT_AFTER_FAILURE_MS = 600_000;
const MOST_KEPT_CHARS = 8 * 1024 * 1024;
/** What an entry costs besides its text. */
const ENTRY_CHARS = 512;

interface Kept {
  readonly answer: RobotsText;
  readonly until: number;
}

/**
 * Robots.txt files, kept (RFC 9309 2.3.1): none there (4xx) allows everything, one that cannot be had nothing.
 * @param now epoch ms
 */
export function createRobotsFiles(http: Http, now: () => number): RobotsFiles {
  /** In the order of use: what was not used for longest goes first. */
  const kept = new Map<string, Kept>();
  let keptChars = 0;

  function cost({ answer }: Kept): number {
    return ENTRY_CHARS + (answer.kind === 'rules' ? answer.text.length : 0);
  }

  function drop(origin: string): void {
    const old = kept.get(origin);
    if (old && kept.delete(origin)) keptChars -= cost(old);
  }

  function keep(origin: string, entry: Kept): void {
    drop(origin);
    kept.set(origin, entry);
    keptChars += cost(entry);
    for (const [first] of kept) {
      if (keptChars <= MOST_KEPT_CHARS) return;
      drop(first);
    }
  }

  return {
    async about(url, signal) {
      const { origin } = new URL(url);
      const known = kept.get(origin);
      if (known && known.until > now()) {
        keep(origin, known);
        return known.answer;
      }
      const answer = await http.get(`${origin}/robots.txt`, { accept: 'text/plain', maxBytes: MOST_BYTES, signal });
      const read = textOf(answer);
      if (signal.aborted) return read;
      const sure = answer.kind === 'ok' && answer.status < 500;
      keep(origin, { answer: read, until: now() + (sure ? KEPT_MS : KEPT_AFTER_FAILURE_MS) });
      return read;
    },
  };
}

function textOf(answer: HttpAnswer): RobotsText {
  if (answer.kind === 'failed') return { kind: 'nothing' };
  if (answer.status >= 200 && answer.status < 300) {
    return {
      kind: 'rules',
      text: Buffer.from(answer.body)
        .toString('utf8')
        .replace(/^\uFEFF/u, ''),
    };
  }
  return answer.status >= 400 && answer.status < 500 && answer.status !== 429
    ? { kind: 'rules', text: '' }
    : { kind: 'nothing' };
}
