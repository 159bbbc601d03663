import { wordsFor, type Words } from '../commands/words/words.ts';
import type { Store } from '../ports.ts';
import type { Destination } from '../subscription/destination.ts';
import { placeFrom } from './place.ts';

/** What is said at a place of the program's own accord: in the language that the place has set, else in the program's (BCP 47). */
export async function wordsAt(store: Store, destination: Destination, language: string): Promise<Words> {
  const place = placeFrom(await store.getDocument('place', destination));
  return wordsFor([place.language ?? '', language]);
}
