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
): Promise<FileRead> {
  const address = URL.parse(url);
  const known = address?.protocol === 'https:' && HOSTS.has(address.hostname);
  if (!address || !(known || address.origin === new URL(apiUrl).origin))
    return failed('That file is not kept by Discord.');
  if (size > FILE_MAX_BYTES) return failed('That file is too large: at most 2 MiB can be read.');
  try {
    const { statusCode, body } = await request(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > FILE_MAX_BYTES) return failed('That file is too large: at most 2 MiB can be read.');
      chunks.push(chunk);
    }
    if (statusCode !== 200) return failed(`The file could not be read: Discord answered ${statusCode}.`);
    return { ok: true, text: new TextDecoder().decode(Buffer.concat(chunks)) };
  } catch {
    return failed('The file could not be read. Please try again.');
  }
}

function failed(message: string): FileRead {
  return { ok: false, message };
}
