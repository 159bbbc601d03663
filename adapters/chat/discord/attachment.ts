import type { Words } from '../../../src/commands/words/words.ts';
import { request } from 'undici';

const FILE_MAX_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 15_000;

/** Where Discord keeps what members attach. */
const HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

export type FileRead = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** The text of an attached file of at most 2 MiB, from Discord's own hosts only (or the API's, where it is another). */
export async function readAttachment(
  { url, size }: { readonly url: string; readonly size: number },
  apiUrl: string,
  words: Words,
): Promise<FileRead> {
  const address = URL.parse(url);
  const known = address?.protocol === 'https:' && HOSTS.has(address.hostname);
  if (!address || !(known || address.origin === new URL(apiUrl).origin)) return failed(words.fileUnreadable);
  if (size > FILE_MAX_BYTES) return failed(words.fileTooLarge(FILE_MAX_BYTES / 1_048_576));
  try {
    const { statusCode, body } = await request(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > FILE_MAX_BYTES) return failed(words.fileTooLarge(FILE_MAX_BYTES / 1_048_576));
      chunks.push(chunk);
    }
    if (statusCode !== 200) return failed(words.fileUnreadable);
    return { ok: true, text: new TextDecoder().decode(Buffer.concat(chunks)) };
  } catch {
    return failed(words.fileUnreadable);
  }
}

function failed(message: string): FileRead {
  return { ok: false, message };
}
