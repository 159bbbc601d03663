import { createHash } from 'node:crypto';
import { visibleText } from '../../../src/delivery/sanitize.ts';

/**
 * What pressing or submitting something means. `say` says a command; `open` says it and shows its form at once; `form`
 * shows a form that was kept; `fill` says a command with the fields of a submitted form as its options.
 */
export type Verb = 'say' | 'open' | 'form' | 'fill';

/** Of a `custom_id` and of a select's value. https://discord.com/developers/docs/components/reference */
const ID_MAX = 100;
const KEPT = '~';

/** A text too long for a `custom_id`, to be kept under its id before the message is sent. */
export interface Kept {
  readonly id: string;
  readonly text: string;
}

export interface Spoken {
  /** At most 100 characters. */
  readonly customId: string;
  /** What has to be kept for it to work; null when all stands in the id. */
  readonly kept: Kept | null;
}

/**
 * The id of a component that says a text: with the text itself where it fits, so that it works for ever. Controls and half
 * characters are no part of an id.
 */
export function spoken(verb: Verb, text: string): Spoken {
  const customId = `${verb} ${text}`;
  if (customId.length <= ID_MAX && visibleText(text) === text) return { customId, kept: null };
  return spokenKept(verb, text);
}

/** The id of a component whose text is kept, however short it is. */
export function spokenKept(verb: Verb, text: string): { readonly customId: string; readonly kept: Kept } {
  const id = createHash('sha256').update(text).digest('hex').slice(0, 24);
  return { customId: `${verb}${KEPT}${id}`, kept: { id, text } };
}

/** A component's id taken apart: the text itself or the id under which it is kept; null for an id that is not ours. */
export function readSpoken(
  customId: string,
): { readonly verb: Verb; readonly text: string; readonly kept: boolean } | null {
  const found = /^(say|open|form|fill)([ ~])(.*)$/su.exec(customId);
  if (!found) return null;
  const [, verb = '', sign, text = ''] = found;
  return { verb: verb as Verb, text, kept: sign === KEPT };
}
