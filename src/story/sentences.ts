const abbreviations =
  /(?:^|[\s("“])(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|St|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Ltd|Co|Corp|approx|\p{Lu}|z\.\s?B|d\.\s?h|u\.\s?a|ca|bzw|Nr|EE\. UU|U\.S|U\.K|a\.m|p\.m)\.$/u;
const openings = /[(（「『“«„]/gu;
const closings = /[)）」』”»]/gu;

/** The sentences of a text in order, trimmed. A line break between paragraphs ends one. */
export function splitSentences(text: string, lang: string): string[] {
  const segmenter = segmenterFor(lang);
  return text.split(/\n+/u).flatMap((paragraph) => {
    const sentences: string[] = [];
    for (const { segment } of segmenter.segment(paragraph)) {
      const before = sentences.at(-1);
      if (before !== undefined && goesOn(before.trimEnd(), segment)) sentences[sentences.length - 1] = before + segment;
      else sentences.push(segment);
    }
    return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
  });
}

function goesOn(before: string, next: string): boolean {
  if (/^\p{Ll}/u.test(next.trimStart())) return true;
  if ((before.match(openings)?.length ?? 0) > (before.match(closings)?.length ?? 0) && before.length < 400) return true;
  return abbreviations.test(before);
}

function segmenterFor(lang: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(lang === '' ? 'en' : lang, { granularity: 'sentence' });
  } catch {
    return new Intl.Segmenter('en', { granularity: 'sentence' });
  }
}
