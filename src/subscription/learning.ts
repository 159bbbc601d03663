import { surfaceGeneration } from '../story/text/surface-table.ts';
import { createScannedTexts, scanStory, storyLanguage, type StoryText } from './story-words.ts';
import type { SurfaceTerms } from './surface-terms.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Some ms of new words. */
const WORDS_A_STEP = 500;

/**
 * Learns what is new in a story: the keys of its language, then the terms of its words, many a step. Other stories may be read
 * between the steps.
 */
export function* learnStory(
  story: StoryText,
  vocabulary: Vocabulary,
  surfaces: SurfaceTerms,
): Generator<void, void, void> {
  // Of its own: those of the index are filled with other stories meanwhile.
  const scanned = createScannedTexts();
  const generation = scanStory(story, scanned);
  const language = storyLanguage(story, scanned);
  yield* vocabulary.tokenTerms.prepare(language);
  let words = 0;
  for (const { surface, count } of scanned) {
    for (let i = 0; i < count; i++) {
      if (words++ % WORDS_A_STEP === 0) {
        if (words > 1) yield;
        // What was numbered is numbered anew by now.
        if (surfaceGeneration() !== generation) return;
        surfaces.use(language, generation);
      }
      surfaces.learn(surface[i] ?? 0);
    }
  }
}
