/** A line of what a command of the command line has to say. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
