/**
 * The user's side. An action resolves with the first thing this member then sees (and forgets what was seen before);
 * `next` waits for the thing after that. Both reject when nothing is seen in time.
 */
export interface SlackUser {
  readonly id: string;
  /** Says a slash command, in the member's channel or another. */
  run(command: string, text: string, channel?: string): Promise<Sight>;
  /** Presses a button, by its label, action_id or value. */
  click(where: Sight | Message | View, button: string): Promise<Sight>;
  /** Chooses in a select, overflow, radio or checkbox element: by block_id or action_id, and the option's label or value. */
  select(where: Sight | Message | View, element: string, option: string): Promise<Sight>;
  /** What an external select offers for what was typed. */
  options(where: Sight | Message | View, element: string, typed: string): Promise<readonly OptionSeen[]>;
  /** Fills fields of a modal or the home tab (by block_id, action_id or label) without sending them. */
  fill(view: Sight | View, fields: Readonly<Record<string, string>>): void;
  /** Fills and submits a modal. Rejects like the client when a required field is empty or too long. */
  submit(view: Sight | View, fields?: Readonly<Record<string, string>>): Promise<Sight>;
  /** Closes a modal. */
  dismiss(view: Sight | View): Promise<void>;
  openHome(): Promise<Sight>;
  /** A global shortcut, or with a message a message shortcut. */
  shortcut(callbackId: string, message?: Message): Promise<Sight>;
  /** The next thing seen (that passes the test). */
  next(test?: (sight: Sight) => boolean): Promise<Sight>;
  /** Everything this member has seen, oldest first. */
  readonly seen: readonly Sight[];
}

/** Something a member sees. */
export interface Sight {
  readonly kind:
    /** A message only this member sees. */
    | 'ephemeral'
    /** A message in a direct message, or one that a response address put into the channel. */
    | 'message'
    /** A message seen before (an ephemeral one, or the one that was clicked) has changed, or is gone. */
    | 'changed'
    | 'deleted'
    /** A modal was opened, updated or pushed. */
    | 'modal'
    /** The modal was taken and is closed. */
    | 'closed'
    /** The modal was not taken: see `errors`. */
    | 'errors'
    | 'home'
    /** Slack's own words: the app did not answer (`dispatch_failed`, `operation_timeout`). */
    | 'failed';
  /** All that can be read, a line for each piece; mrkdwn as it was sent. */
  readonly text: string;
  readonly buttons: readonly ButtonSeen[];
  readonly message: Message | null;
  readonly view: View | null;
  /** By block_id. */
  readonly errors: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly at: number;
}

export interface ButtonSeen {
  readonly label: string;
  readonly actionId: string;
  readonly blockId: string;
  readonly value: string;
  readonly url: string;
}

export interface OptionSeen {
  readonly label: string;
  readonly value: string;
}

export type Block = Readonly<Record<string, unknown>> & { readonly type: string; readonly block_id: string };

export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** '' at top level. */
  readonly threadTs: string;
  readonly ephemeral: boolean;
  readonly user: string;
  readonly metadata: { readonly event_type: string; readonly event_payload: Record<string, unknown> } | null;
  /** Times it was edited. */
  readonly edits: number;
  /** Epoch ms of posting. */
  readonly at: number;
}

export interface View {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly hash: string;
  readonly title: string;
  readonly submit: string;
  readonly callbackId: string;
  readonly privateMetadata: string;
  readonly blocks: readonly Block[];
  readonly open: boolean;
}

export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly channel: string;
}
