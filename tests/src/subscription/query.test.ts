import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise } from '../../../src/story/text/normalise.ts';
import { parseQuery, printQuery, type QueryError } from '../../../src/subscription/query.ts';

describe('a query that cannot be read', () => {
  test.for([
    { query: '', at: 0, says: /nothing to look for/u },
    { query: '  \n ', at: 0, says: /nothing to look for/u },
    { query: 'the', at: 0, says: /too common/u, suggestion: '"the"' },
    { query: 'of the', at: 0, says: /too common/u, suggestion: '"of the"' },
    { query: 'us', at: 0, says: /too common/u, suggestion: 'US' },
    { query: '-sport', at: 0, says: /leave out/u, suggestion: 'sport' },
    { query: 'NOT sport', at: 0, says: /leave out/u, suggestion: 'sport' },
    { query: '"asset seizure', at: 0, says: /never closed/u, suggestion: '"asset seizure"' },
    { query: 'port «asset seizure', at: 5, says: /never closed/u, suggestion: 'port «asset seizure»' },
    { query: 'port 「港', at: 5, says: /never closed/u, suggestion: 'port 「港」' },
    { query: '(port OR quay', at: 0, says: /bracket is never closed/u, suggestion: '(port OR quay)' },
    { query: 'port)', at: 4, says: /closes nothing/u, suggestion: 'port' },
    { query: 'port ()', at: 5, says: /in these brackets/u, suggestion: 'port' },
    { query: 'OR', at: 0, says: /both sides/u },
    { query: 'OR port', at: 0, says: /both sides/u, suggestion: 'port' },
    { query: 'port OR', at: 5, says: /both sides/u, suggestion: 'port' },
    { query: 'port |', at: 5, says: /both sides/u, suggestion: 'port' },
    { query: 'port OR OR quay', at: 5, says: /both sides/u, suggestion: 'port OR quay' },
    { query: 'port OR -quay', at: 5, says: /Every side of OR/u, suggestion: 'port -quay' },
    { query: 'port OR the', at: 5, says: /“the” has nothing/u, suggestion: 'port' },
    { query: 'quay us OR uk', at: 8, says: /“us” has nothing/u, suggestion: 'quay US OR uk' },
    {
      query: 'quay (port OR tide OR -rain)',
      at: 19,
      says: /“-rain” has nothing/u,
      suggestion: 'quay (port OR tide -rain)',
    },
    { query: 'the OR of', at: 0, says: /too common/u, suggestion: '"the OR of"' },
    { query: 'port (quay OR)', at: 11, says: /both sides/u, suggestion: 'port (quay)' },
    { query: 'port))', at: 4, says: /closes nothing/u, suggestion: 'port' },
    { query: 'asset seizure"', at: 13, says: /never closed/u, suggestion: '"asset seizure"' },
    { query: 'title:the', at: 0, says: /too common/u, suggestion: 'title:"the"' },
    { query: 'x* port', at: 0, says: /at least two letters/u, suggestion: 'x port' },
    { query: '!!! …', at: 0, says: /letters or digits/u },
    { query: '""', at: 0, says: /letters or digits/u },
    { query: 'tilte:rain', at: 0, says: /no field “tilte”. Did you mean title/u, suggestion: 'title:rain' },
    { query: 'port sorce:gazette', at: 5, says: /Did you mean source/u, suggestion: 'port source:gazette' },
    { query: 'https://gazette.example/a?b', at: 0, says: /address/u, suggestion: 'source:gazette.example' },
    { query: 'title:', at: 0, says: /nothing after title:/u },
    { query: 'port source:', at: 5, says: /nothing after source:/u, suggestion: 'port' },
    { query: 'lang:jp', at: 5, says: /no language code/u, suggestion: 'lang:ja' },
    { query: 'lang:german port', at: 5, says: /no language code/u, suggestion: 'lang:de port' },
    { query: 'lang:deutsch', at: 5, says: /lang:de/u, suggestion: 'lang:de' },
    { query: 'lang:日本語', at: 5, says: /lang:ja/u, suggestion: 'lang:ja' },
    { query: 'headline:rain', at: 0, says: /Did you mean title/u, suggestion: 'title:rain' },
    { query: 'url:https://gazette.example/a rain', at: 0, says: /source/u, suggestion: 'source:gazette.example rain' },
    { query: 'lang:xq', at: 5, says: /no language code/u, suggestion: 'lang:en' },
    { query: 'port NEAR quay', at: 5, says: /from 1 to 100/u, suggestion: 'port NEAR/5 quay' },
    { query: 'port NEAR/0 quay', at: 5, says: /from 1 to 100/u, suggestion: 'port NEAR/5 quay' },
    { query: 'port NEAR/two quay', at: 5, says: /from 1 to 100/u, suggestion: 'port NEAR/5 quay' },
    { query: 'port NEAR/3', at: 5, says: /between two/u, suggestion: 'port' },
    { query: 'port NOT', at: 5, says: /nothing after this exclusion/u, suggestion: 'port' },
  ])('is refused where and why: $query', ({ query, at, says, suggestion }) => {
    const error = errorOf(query);
    expect(error.at).toBe(at);
    expect(error.message).toMatch(says);
    expect(error.suggestion).toBe(suggestion);
  });

  test('is refused above 500 characters, with what fits', () => {
    expect(parseQuery(`${'port '.repeat(99)}quays`).ok).toBe(true);
    const error = errorOf(`${'port '.repeat(100)}quays`);
    expect(error.at).toBe(500);
    expect(parseQuery(error.suggestion ?? '').ok).toBe(true);
  });

  test('is refused when brackets are nested without end', () => {
    expect(errorOf(`${'('.repeat(200)}port${')'.repeat(200)}`).message).toMatch(/too deep/u);
  });

  test('gets a suggestion that can be read, whatever was typed', () => {
    fc.assert(
      fc.property(typedText(), (text) => {
        const read = parseQuery(text);
        if (read.ok) return;
        expect(read.error.at).toBeGreaterThanOrEqual(0);
        expect(read.error.at).toBeLessThanOrEqual(text.length);
        expect(read.error.suggestion === undefined || parseQuery(read.error.suggestion).ok).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a query that may not be meant so', () => {
  test.for([
    { query: 'Japan', at: 0, says: /whole country/u },
    { query: '2024', at: 0, says: /year/u },
    { query: 'government', at: 0, says: /very common word/u },
    { query: 'lang:de', at: 0, says: /lot of news/u },
    { query: 'ja*', at: 0, says: /third letter/u },
    { query: 'port -port', at: 6, says: /both asked for and excluded/u },
    { query: 'title:ja* port', at: 0, says: /third letter/u },
    { query: 'port -ports', at: 6, says: /both asked for and excluded/u },
    { query: 'bought -buy', at: 8, says: /both asked for and excluded/u },
    { query: 'seizure -seize', at: 9, says: /both asked for and excluded/u },
    { query: 'UN -U.N.', at: 4, says: /both asked for and excluded/u },
    { query: 'cease-fire -ceasefire', at: 12, says: /both asked for and excluded/u },
    { query: '"rate cut" -"rate cuts"', at: 12, says: /both asked for and excluded/u },
    { query: 'title:port -port', at: 12, says: /both asked for and excluded/u },
    { query: 'port -(port OR quay)', at: 6, says: /both asked for and excluded/u },
    { query: 'quay (port -port)', at: 12, says: /both asked for and excluded/u },
    { query: 'lisbon or porto', at: 7, says: /write lisbon OR porto/u },
    { query: 'merkel or obama', at: 7, says: /write merkel OR obama/u },
    { query: '東京 or 大阪', at: 3, says: /write 東京 OR 大阪/u },
    { query: 'Lisbon or Porto', at: 7, says: /write Lisbon OR Porto/u },
    { query: 'japan or south korea', at: 6, says: /write japan OR south korea/u },
  ])('is warned of: $query', ({ query, at, says }) => {
    const read = parseQuery(query);
    expect(read).toMatchObject({ ok: true, warnings: [{ at, message: expect.stringMatching(says) as string }] });
  });

  test.for([
    'Japan South Korea',
    'asset seizure',
    '"asset seizure"',
    'floods or wildfire',
    'port OR quay -port',
    'port -title:port',
    'port -=port',
    'port -(port quay)',
    'leaves -leaf',
    '"rate cut" -"cut rate"',
    'Lisbon OR Porto',
    'jap*',
    'government shutdown',
    '2024 floods',
    'port -quay',
  ])('is not warned of when it is usual: %s', (query) => {
    expect(parseQuery(query)).toMatchObject({ ok: true, warnings: [] });
  });
});

describe('printing', () => {
  test('gives what reads as the same query', () => {
    fc.assert(
      fc.property(typedText(), (text) => {
        const read = parseQuery(text);
        fc.pre(read.ok);
        expect(parseQuery(printQuery(read.query))).toMatchObject({ ok: true, query: read.query });
      }),
      { numRuns: 3000 },
    );
  });
});

describe('normal form', () => {
  test('is the same when it is normalised once more', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const once = normalise(text).text;
        expect(normalise(once).text).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  test('leads every character back into the text it came from, in order', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const { text: form, offsets } = normalise(text);
        expect(offsets.length).toBe(form.length + 1);
        expect(offsets.at(-1)).toBe(text.length);
        expect(Array.from(offsets)).toEqual(Array.from(offsets).toSorted((a, b) => a - b));
      }),
    );
  });
});

function errorOf(query: string): QueryError {
  const read = parseQuery(query);
  if (read.ok) throw new Error(`was read: ${query}`);
  return read.error;
}

/** What members type: words, operators and signs in any order, and now and then anything at all. */
function typedText(): fc.Arbitrary<string> {
  const pieces = (
    'Japan|South Korea|s. korea|US|U.S.|uk|china|asset|seizure|cease-fire|cease|fire|air|strike|F-35|AT&T|C++|#tag|don’t|' +
    'l’Iran|東京|首尔|정부는|Россия|🔥|3:0|1,000|3.5|the|or|of|OR|AND|NOT|NEAR/3|NEAR|-|–|=|*|"|“|”|(|)|\'|«|»|「|」|~2|,|' +
    'title:|Summary：|body:|source:|lang:|lang:ja|nope:|/|US-China|…|.|!|?|  '
  ).split('|');
  const known = fc.array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom('', ' ', ' ')), { maxLength: 12 });
  return fc.oneof(
    { weight: 9, arbitrary: known.map((parts) => parts.flat().join('')) },
    { weight: 1, arbitrary: anyText() },
  );
}

function anyText(): fc.Arbitrary<string> {
  const marks = Array.from('ßıİøŁđæœﬁﬀẞςё٠ـَ­​‍🏽👍Å①㎏ｶﾞ한ᄒ');
  return fc
    .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...marks)), { maxLength: 12 })
    .map((parts) => parts.join(''));
}
