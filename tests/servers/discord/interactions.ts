import type { SeenComponent, Message } from './message.ts';
import type { User } from './world.ts';

/** Kinds of interactions. https://discord.com/developers/docs/interactions/receiving-and-responding */
export const kind = { command: 2, component: 3, complete: 4, modal: 5 } as const;
export type InteractionKind = (typeof kind)[keyof typeof kind];

/** Kinds of first answers. */
export const callback = { message: 4, deferMessage: 5, deferUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

export interface SeenModal {
  readonly title: string;
  readonly customId: string;
  readonly components: readonly SeenComponent[];
}

/** Something a member did, from its making until its token is over. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: InteractionKind;
  /** Of the command, '' for others. */
  readonly name: string;
  readonly user: User;
  readonly channelId: string;
  /** Used as an app of the user's own: at most five follow-ups. */
  readonly userInstalled: boolean;
  /** The message clicked on, or whose modal is sent; null for none. */
  readonly source: Message | null;
  /** Type of the option that is being completed, 0 for none. */
  readonly focusedType: number;
  readonly at: number;
  /** Kind of the first answer, and how long it took (ms); null while there is none. */
  first: { readonly type: number; readonly afterMs: number } | null;
  /** The message that answers; the one clicked on for an update. */
  original: Message | null;
  /** Whether the original has been written or changed since it was deferred. */
  settled: boolean;
  choices: readonly unknown[];
  modal: SeenModal | null;
  readonly followUps: Message[];
  /** Called when something changed. */
  changed: () => void;
}

export type Interactions = ReturnType<typeof createInteractions>;

/** The interactions there were, by id and by token. */
export function createInteractions(limits: { readonly answerWithinMs: number; readonly tokenLifeMs: number }) {
  const byId = new Map<string, Interaction>();
  const byToken = new Map<string, Interaction>();
  return {
    ...limits,
    add(interaction: Interaction): void {
      byId.set(interaction.id, interaction);
      byToken.set(interaction.token, interaction);
    },
    get: (id: string): Interaction | undefined => byId.get(id),
    /** By its token, while it is good. */
    withToken(token: string): Interaction | 'over' | undefined {
      const interaction = byToken.get(token);
      return interaction && Date.now() - interaction.at > limits.tokenLifeMs ? 'over' : interaction;
    },
  };
}
