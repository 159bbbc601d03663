import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Subscriptions and feeds of the largest place are well below it. */
const LARGEST_BYTES = 5 * 1024 * 1024;

export type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** The path in `import subscriptions.json` or `feeds import --file feeds.opml`; null when the line imports nothing. */
export function importPath(said: string): string | null {
  const match = /^(?:feeds +)?import +(?:--file[ =]+)?(\S.*)$/i.exec(said);
  return match?.[1]?.trim().replace(/^(["'])(.*)\1$/, '$2') ?? null;
}

/** The text of a file to import, at most 5 MiB; why not, for a member, when it cannot be read. */
export async function readImport(path: string): Promise<FileText> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_BYTES) return { ok: false, message: `${path} is larger than 5 MiB.` };
    return { ok: true, text: await readFile(path, 'utf8') };
  } catch (error) {
    return { ok: false, message: `${path} cannot be read: ${reasonOf(error)}.` };
  }
}

/** Writes a file into a folder, never over another one, and gives its path: `alerts.json`, else `alerts-2.json`, … */
export async function saveExport(
  folder: string,
  file: { readonly name: string; readonly text: string },
): Promise<string> {
  const plain = file.name.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '') || 'export.txt';
  const dot = plain.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot)] : [plain, ''];
  for (let copy = 1; ; copy++) {
    const path = join(folder, copy === 1 ? plain : `${stem}-${copy}${ending}`);
    try {
      await writeFile(path, file.text, { flag: 'wx' });
      return path;
    } catch (error) {
      if (!isExisting(error) || copy > 999) throw error;
    }
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/** `ENOENT: no such file or directory, open …` without the code and the call. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^[A-Z]+: /, '').replace(/, \w+ '.*$/s, '');
}
