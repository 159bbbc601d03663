import type { Body, Upload } from './body.ts';
import type { CommandBook } from './command-book.ts';
import type { Gateway } from './gateway.ts';
import type { Interactions } from './interactions.ts';
import type { Recorder } from './record.ts';
import type { Reply } from './reply.ts';
import type { World } from './world.ts';

/** What the routes work on. */
export interface Core {
  readonly world: World;
  readonly gateway: Gateway;
  readonly recorder: Recorder;
  readonly commands: CommandBook;
  readonly interactions: Interactions;
  readonly nonceWindowMs: number;
  readonly shards: number;
  /** `http://127.0.0.1:port`. */
  readonly origin: () => string;
}

/** A request that found its route. */
export interface Ask {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  /** The body as it came: a list for a bulk overwrite. */
  readonly json: unknown;
  readonly files: readonly Upload[];
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/channels/:channel/messages`. */
  readonly path: string;
  /** Taken without the bot's token: the one in the path is enough. */
  readonly open?: boolean;
  readonly handle: (ask: Ask) => Reply;
}
