import { createHmac, timingSafeEqual } from 'node:crypto';

/** The methods of WebSub section 7.1, and the length of their digests in hexadecimal. */
const METHODS: ReadonlyMap<string, number> = new Map([
  ['sha1', 40],
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/**
 * True when an X-Hub-Signature header (`sha256=…`) is that of the body under the secret. Takes the same time whichever of its
 * digits is wrong.
 */
export function signatureHolds(body: Uint8Array, secret: string, header: string): boolean {
  const [, method = '', digits = ''] = /^\s*(sha\d{1,3})=([\da-f]{1,128})\s*$/i.exec(header.slice(0, 200)) ?? [];
  if (METHODS.get(method.toLowerCase()) !== digits.length) return false;
  const own = createHmac(method.toLowerCase(), secret).update(body).digest();
  return timingSafeEqual(own, Buffer.from(digits, 'hex'));
}

/** Whether two secrets are the same, in a time that tells nothing of how far they are. */
export function sameSecret(a: string, b: string): boolean {
  const [first, second] = [a, b].map((secret) => createHmac('sha256', 'compare').update(secret).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}
