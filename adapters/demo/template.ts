/** What a sample feed is filled in with. */
export interface Moment {
  /** The wave that is served, from 1. */
  readonly wave: number;
  /** When each wave began (epoch ms), the first one first. */
  readonly startedAt: readonly number[];
}

export type DateDialect = 'rfc822' | 'rfc3339';

const BLOCK = /\{\{wave (\d+)(?:-(\d+))?\}\}([\s\S]*?)\{\{\/wave\}\}/g;
const MINUTES = /\{\{minutes:(\d+)\}\}/g;

/**
 * A sample feed as it reads at a moment.
 * - `{{wave 2}}…{{/wave}}` is there from the second wave on, `{{wave 1-2}}…{{/wave}}` in the first two; blocks do not nest.
 * - `{{minutes:35}}` is the time 35 minutes before its block's first wave began, in the format's own dialect of dates.
 *
 * Within a wave the text stays the same to the byte, as with a real feed that nothing was added to.
 */
export function fillTemplate(text: string, dialect: DateDialect, { wave, startedAt }: Moment): string {
  const shown = text.replace(BLOCK, (_all, first: string, last: string | undefined, inner: string) => {
    const present = wave >= Number(first) && wave <= Number(last ?? Infinity);
    return present ? fillDates(inner, dialect, startedAt[Number(first) - 1] ?? 0) : '';
  });
  return fillDates(shown, dialect, startedAt[0] ?? 0);
}

function fillDates(text: string, dialect: DateDialect, base: number): string {
  return text.replace(MINUTES, (_all, minutes: string) => {
    const date = new Date(base - Number(minutes) * 60_000);
    // RFC 822 as feeds write it: with a zone in digits in place of a name.
    return dialect === 'rfc822' ? date.toUTCString().replace('GMT', '+0000') : `${date.toISOString().slice(0, 19)}Z`;
  });
}
