/** Where text is printed and lines come from: a prompt for people, or plain streams for scripts. */
export interface Screen {
  /** Prints a block of text, above the prompt where there is one. */
  print(block: string): void;
  /** Gives the terminal back as it was found. */
  close(): void;
}

/** Why the reading of lines ended: the member asked to quit, or there is no more input. */
export type Ending = 'quit' | 'end of input';

/** What a screen tells its owner. `line` is called in the order of typing; `ending` once, after the last line. */
export interface ScreenEvents {
  line(text: string): void;
  ending(why: Ending): void;
}
