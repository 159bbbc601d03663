import type { StoryCard } from '../delivery/card.ts';

/** A piece of a line. Plain strings are shown as they are: no chat's markup in them is ever obeyed. */
export type Inline =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly link: string; readonly url: string }
  /** Epoch ms, shown in the reader's own time where the chat can. */
  | { readonly time: number };

export type Line = readonly Inline[];

/** A button: pressing it is saying `command`, with the member's own rights. */
export interface Action {
  readonly label: string;
  /** The command as it would be typed after `/news`: `pause 12`. */
  readonly command: string;
  readonly style: 'plain' | 'primary' | 'danger';
}

/** A row of a list with what can be done about it. */
export interface Row {
  readonly lines: readonly Line[];
  readonly actions: readonly Action[];
}

/** A field of a form; a chat without forms prints the command with its options instead. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly optional: boolean;
  /** Given: one of these; absent: free text. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

/** A form: submitting it is saying `command` with the fields as its options. */
export interface Form {
  readonly title: string;
  readonly command: string;
  readonly fields: readonly Field[];
}

/** The answer to a command, chat-neutral; each chat renders it by its own rules and limits. */
export interface Card {
  readonly tone: 'plain' | 'good' | 'warning' | 'error';
  readonly title: string;
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
  readonly stories: readonly StoryCard[];
  readonly actions: readonly Action[];
  readonly form?: Form;
  /** Which field of a submitted form was wrong, so that the chat can say so there. */
  readonly fieldErrors?: Readonly<Record<string, string>>;
  /** A file to hand over (an export): name and text. */
  readonly file?: { readonly name: string; readonly text: string };
  /** BCP 47: of its words; absent, English. */
  readonly language?: string;
}

/** A card from what is given; the rest is empty. */
export function card(parts: Partial<Card>): Card {
  return { tone: 'plain', title: '', lines: [], rows: [], stories: [], actions: [], ...parts };
}
