export type FeedErrorCode =
  /** No byte that means anything. */
  | 'empty'
  /** A web page; `discovered` holds the feeds it offers. */
  | 'html_page'
  /** Neither XML nor JSON that any feed is written in. */
  | 'not_a_feed'
  /** It begins as a feed, but nothing in it can be read. */
  | 'broken'
  /** Over the byte limit, or over the memory a reading may take. */
  | 'too_large'
  /** Reading it took longer than the deadline. */
  | 'timeout';

/** Why a body is not read as a feed. `message` is for the person who hosts the bot and quotes nothing of the body. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  readonly code: FeedErrorCode;
  /** Absolute http(s) addresses of feeds that the page offers; empty for all codes but `html_page`. */
  readonly discovered: readonly string[];

  constructor(
    code: FeedErrorCode,
    message: string,
    more: { readonly discovered?: readonly string[]; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.discovered = more.discovered ?? [];
  }
}
