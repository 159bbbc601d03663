import { asciiUrl, visibleText } from '../../../src/delivery/sanitize.ts';

/** Everything that Discord reads as markup, a mention, a timestamp, a command, an emoji or an address within a line. */
const INLINE = /[\\*_~`|[\]()<>#@:]/gu;
/** What begins a list or small print at the start of a line: a sign, or a number and its point. */
const LINE_START = /^([^\S\n]*)(?:([-+.])|(\d+)\.)/gmu;

/**
 * A feed's text as Discord is to show it: every character stands for itself. Discord's own `escapeMarkdown` leaves
 * mentions, timestamps, command links, custom emoji and bare addresses alive.
 */
export function escaped(text: string): string {
  return visibleText(text)
    .replaceAll(INLINE, String.raw`\$&`)
    .replaceAll(LINE_START, (_, space: string, sign: string | undefined, number: string | undefined) =>
      sign === undefined ? `${space}${number ?? ''}\\.` : `${space}\\${sign}`,
    );
}

/** An http(s) address that can stand in `[…](…)`: nothing in it ends the link or escapes its end. '' for anything else. */
export function addressInLink(url: string, max?: number): string {
  return asciiUrl(url, max).replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('\\', '%5C');
}
