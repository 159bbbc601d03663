import { describe, expect, test } from 'vitest';
import { lemmasOf } from '../../../../src/story/text/lemma.ts';
import { adjectiveBase, nounBases, verbBases } from '../../../../src/story/text/morphology.ts';

describe('a verb is found by the spelling of its ending', () => {
  test.for([
    ['rated', 'rate'],
    ['hoping', 'hope'],
    ['hopping', 'hop'],
    ['stopped', 'stop'],
    ['filled', 'fill'],
    ['carried', 'carry'],
    ['heated', 'heat'],
    ['quitting', 'quit'],
    ['agreed', 'agree'],
    ['goes', 'go'],
    ['bought', 'buy'],
  ] as const)('%s is of %s alone', ([word, base]) => {
    expect(verbBases(word)).toEqual([base]);
  });

  test.for(['king', 'morning', 'hundred'])('%s is no form of a verb', (word) => {
    expect(verbBases(word)).toEqual([]);
  });
});

test('a plural can be that of several nouns', () => {
  expect(nounBases('leaves')).toContain('leaf');
  expect(nounBases('lenses')).toContain('lens');
  expect(nounBases('policemen')).toEqual(['policeman']);
  expect(nounBases('glass')).toEqual([]);
});

test('an adjective is compared; a noun or verb in -er is not', () => {
  expect(adjectiveBase('largest')).toBe('large');
  expect(adjectiveBase('wealthier')).toBe('wealthy');
  expect(adjectiveBase('corner')).toBeNull();
});

test('words of the object prototype are words', () => {
  expect(lemmasOf('constructor')).toEqual(['constructor']);
  expect(lemmasOf('prototype')).toEqual(['prototype']);
});
