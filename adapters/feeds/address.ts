const MAX_URL_LENGTH = 8192;

/** An address as text; null for what is none and for what is longer than any address. */
export function readUrl(text: string): URL | null {
  return text.length > MAX_URL_LENGTH ? null : URL.parse(text);
}

/**
 * Where a Location header leads (RFC 9110 10.2.2); null for what is no address. A password stays with its own origin only.
 */
export function redirectTarget(location: string, from: URL): URL | null {
  if (location.length > MAX_URL_LENGTH) return null;
  const target = URL.parse(asWritten(location), from.href);
  if (target === null) return null;
  if (target.origin === from.origin && target.username === '' && target.password === '') {
    target.username = from.username;
    target.password = from.password;
  }
  target.hash = '';
  return target;
}

/** False for a redirect that would send in the clear what was encrypted before. */
export function keepsEncryption(from: URL, to: URL): boolean {
  return from.protocol !== 'https:' || to.protocol === 'https:';
}

/** The Authorization header for a user and password in the address (RFC 7617); '' when there are none. */
export function basicAuthorization({ username, password }: URL): string {
  if (username === '' && password === '') return '';
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

/** The address without its user and password. */
export function withoutPassword(url: URL): string {
  if (url.username === '' && url.password === '') return url.href;
  const shown = new URL(url.href);
  shown.username = '';
  shown.password = '';
  return shown.href;
}

/** Headers are read as Latin-1; addresses in them are often UTF-8 all the same. */
function asWritten(value: string): string {
  if (!/[\u0080-\u00ff]/u.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
