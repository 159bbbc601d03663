import type { Running } from '../journeys/program.ts';
import { askDiscord } from './chat-discord.ts';
import { askSlack } from './chat-slack.ts';
import { askTerminal } from './chat-terminal.ts';

export type ChatName = 'terminal' | 'Discord' | 'Slack';

/** The chat of a trial: places that each ask for every story, and what can go wrong there. */
export interface TrialChat {
  /** How many places ask for every story. */
  readonly places: number;
  /** By these the program reaches it. */
  readonly env: Readonly<Record<string, string>>;
  /** What is different for a second process beside the first. */
  readonly rivalEnv: Readonly<Record<string, string>>;
  /** Has the places ask for every story; the program has started. */
  readonly subscribe: (run: Running) => Promise<void>;
  /** What stands at each place, in the order in which it came: titles of stories. */
  readonly told: () => Promise<readonly (readonly string[])[]>;
  /** From now on posts and connections fail now and then, by numbers from 0 to 1, until `calm`. */
  readonly trouble: (random: () => number) => void;
  readonly calm: () => void;
  /** Connections that the program holds open to hear of commands, and how many it has made so far. */
  readonly connections: () => { readonly open: number; readonly made: number };
  close(): Promise<void>;
}

/** @param folders where processes of the trial keep their data */
export async function openTrialChat(name: ChatName, places: number, folders: ReadonlySet<string>): Promise<TrialChat> {
  switch (name) {
    case 'terminal':
      return askTerminal(folders);
    case 'Discord':
      return askDiscord(places);
    case 'Slack':
      return askSlack(places);
  }
}
