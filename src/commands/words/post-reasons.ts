import { reasons, type Reason } from '../../delivery/reasons.ts';

const names = new Map<string, Reason>(Object.entries(reasons).map(([name, text]) => [text, name as Reason]));

/** Says why nothing can be posted; what is not among the known reasons as it was given. */
export function postReasons(known: Readonly<Record<Reason, string>>): (reason: string) => string {
  return (reason) => {
    const name = names.get(reason);
    return name === undefined ? reason : known[name];
  };
}
