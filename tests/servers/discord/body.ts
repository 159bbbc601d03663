/** A JSON object from outside, not yet checked. */
export type Body = Readonly<Record<string, unknown>>;

/** A file that came with a request. */
export interface Upload {
  /** The number in `files[0]`. */
  readonly index: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** The object, or an empty one for anything else. */
export function objectIn(value: unknown): Body {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list, or an empty one for anything else. */
export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text, or '' for anything else. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A request's body: JSON, or a form with `payload_json` and files. Null when it is neither. */
export async function readBody(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<{ readonly json: unknown; readonly files: readonly Upload[] } | null> {
  if (bytes.length === 0) return { json: {}, files: [] };
  try {
    if (!contentType.startsWith('multipart/form-data')) {
      return { json: JSON.parse(new TextDecoder().decode(bytes)) as unknown, files: [] };
    }
    const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
    const payload = form.get('payload_json');
    const files = await Promise.all(
      [...form.entries()].flatMap(([key, value]) => (typeof value === 'string' ? [] : [uploadFrom(key, value)])),
    );
    return { json: typeof payload === 'string' ? (JSON.parse(payload) as unknown) : {}, files };
  } catch {
    return null;
  }
}

async function uploadFrom(key: string, file: File): Promise<Upload> {
  return {
    index: /^files\[(\d+)\]$/u.exec(key)?.[1] ?? key,
    name: file.name,
    contentType: file.type === '' ? 'application/octet-stream' : file.type,
    bytes: new Uint8Array(await file.arrayBuffer()),
  };
}
