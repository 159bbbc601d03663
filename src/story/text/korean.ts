import type { Form } from './form.ts';

/** Particles that follow a noun without a space, longest first where one ends another. */
const PARTICLES = [
  '에서부터', '으로부터', '들에게', '들이', '들은', '들을', '들의', '들도', '들과', '께서는', '에게서', '로부터', '이라고', '에서는', '에서도', '에게는', '으로는', '으로도', '까지는', '부터는',
  '이라는', '이라며', '입니다', '이었다', '이다', '에서의', '과의', '와의', '에서', '에게', '한테', '께서', '까지', '부터', '으로', '처럼', '보다', '마다', '조차',
  '마저', '밖에', '라고', '라는', '라며', '이나', '이며', '이란', '에는', '에도', '에만', '로는', '로도', '이랑', '하고', '만이', '과는', '와는',
  '은', '는', '이', '가', '을', '를', '의', '에', '와', '과', '도', '만', '로', '나', '란', '랑', '야', '께', '며', '들',
]; // prettier-ignore
const BY_LAST = Map.groupBy(PARTICLES, (particle) => particle.at(-1) ?? '');
const HANGUL_END = /[가-힣]$/u;

/**
 * Further readings of a Korean word: without the particle at its end (정부는 as 정부). None for a word with no particle,
 * or when no more than one syllable would be left.
 */
export function particleForms(form: Form): Form[] {
  if (!HANGUL_END.test(form.word)) return [];
  const found: Form[] = [];
  for (const particle of BY_LAST.get(form.word.at(-1) ?? '') ?? []) {
    if (!form.word.endsWith(particle)) continue;
    const word = form.word.slice(0, -particle.length);
    if (word.length < 2 || found.some((other) => other.word === word)) continue;
    found.push(shortened(form, word, particle.length));
    if (found.length === 2) break;
  }
  return found;
}

function shortened(form: Form, word: string, units: number): Form {
  // Decomposed letters take more units than their normal form: then the whole word is meant.
  const precomposed = form.end - form.start === form.word.length;
  const cased = form.cased.slice(0, -units);
  const capitals = /^[A-Z\d]*[A-Z][A-Z\d]*$/u.test(cased) ? cased : '';
  return {
    ...form,
    word,
    cased,
    marked: word,
    capitals,
    end: precomposed ? form.end - units : form.end,
    primary: false,
  };
}
