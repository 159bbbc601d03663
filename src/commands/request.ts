import type { Destination } from '../subscription/destination.ts';

/** Who says something, and where. Made by a chat adapter from what its platform vouches for. */
export interface Speaker {
  /** The member as one printable string: `slack:T1:U7`, `discord:U7`, `terminal:me`. */
  readonly member: string;
  readonly name: string;
  /** Where it was said and where a new subscription's alerts would go. */
  readonly destination: Destination;
  /** The workspace, server or account: `slack:T1`, `discord:G1`, `terminal:me`. */
  readonly scope: string;
  /** The member's own direct messages. */
  readonly home: Destination;
  /** Said in a direct message: the place is the member's own. */
  readonly direct: boolean;
  /** The platform says this member runs the place. */
  readonly manager: boolean;
  /** BCP 47, or '' when the platform does not say. */
  readonly locale: string;
  /** IANA name, or '' when the platform does not say. */
  readonly timeZone: string;
}

/** A command taken apart: its name, its positional words and its named options, all as strings. */
export interface Command {
  /** `add`, `feeds add`, `help`, … as in the table of commands. */
  readonly name: string;
  /** Options by name: `query`, `id`, `when`, … ; an absent option is absent here. */
  readonly options: Readonly<Record<string, string>>;
}

/** What a chat hands to the counter: text as typed after `/news`, or a command already taken apart by the platform. */
export interface Request {
  readonly speaker: Speaker;
  readonly said: string | Command;
  /** The text of a file that came with it: what `import` reads. */
  readonly file?: string;
}
