import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPairTable } from '../../../src/subscription/pair-table.ts';

describe('a pair table', () => {
  test('holds what a map of pairs holds, after any changes', () => {
    const number = fc.oneof(fc.nat({ max: 12 }), fc.integer());
    const change = fc.record({ kind: fc.constantFrom('set', 'set', 'delete'), first: number, second: number });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 600, size: 'max' }), (changes) => {
        const table = createPairTable();
        const known = new Map<string, number>();
        for (const [value, { kind, first, second }] of changes.entries()) {
          if (kind === 'set') {
            table.set(first, second, value);
            known.set(`${first} ${second}`, value);
          } else {
            table.delete(first, second);
            known.delete(`${first} ${second}`);
          }
        }
        expect(table.size).toBe(known.size);
        for (const { first, second } of changes) {
          expect(table.get(first, second)).toBe(known.get(`${first} ${second}`) ?? -1);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('is empty when it was cleared', () => {
    const table = createPairTable();
    for (let i = 0; i < 1000; i++) table.set(i, i + 1, i);
    table.clear();
    expect([table.size, table.get(7, 8)]).toEqual([0, -1]);
  });
});
