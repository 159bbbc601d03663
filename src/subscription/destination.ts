/** A chat address as one printable string: `slack:T1:C2`, `discord:G1:C2`, `terminal:me`. */
export type Destination = string & { readonly brand?: 'Destination' };

/** The platform an address belongs to: what stands before the first colon. */
export function platformOf(destination: Destination): string {
  const colon = destination.indexOf(':');
  return colon < 0 ? destination : destination.slice(0, colon);
}

/** The workspace, server or account an address lies in: `slack:T1` of `slack:T1:C2`; the address itself when it has no third part. */
export function scopeOf(destination: Destination): string {
  const [platform, scope] = destination.split(':', 3);
  return scope === undefined ? destination : `${platform}:${scope}`;
}

/** One member's direct messages: the last part of such an address is the member with an `@`, as in `slack:T1:@U7`. */
export function isDirect(destination: Destination): boolean {
  return destination.slice(destination.lastIndexOf(':') + 1).startsWith('@');
}
