/** Posts story 0, 1, 2, … from the start, as fast as the ledger takes them, until it is killed or has posted 20,000. */
import { openTerminalChat } from '../../../../adapters/chat/terminal/terminal.ts';

const chat = openTerminalChat({
  input: null,
  output: process.stdout,
  ledgerPath: process.argv[2] ?? '',
  interactive: false,
  clock: { now: Date.now },
});
await chat.start({
  answer: async () => Promise.reject(new Error('not asked')),
  complete: async () => [],
  reach: async () => {},
});
for (let number = 0; number < 20_000; number++) {
  const story = { title: `Story ${number}`, summary: '', url: '', source: '', published: '' };
  const message = { kind: 'alert' as const, heading: '', cards: [story] };
  await chat.post({ destination: 'terminal:me', key: `key-${number}`, ambiguous: false, message });
}
