/** Sums by story number, for numbers that lie close together: no entry is made or hashed for any of them. */
export interface Scores {
  add(number: number, score: number): void;
  /** The numbers of the `count` largest sums, largest first, the higher number first among equal ones; all sums are 0 again. */
  takeLargest(count: number): number[];
}

const FIRST_SIZE = 2 ** 14;

/** 12 bytes for each number between the lowest and the highest of one count, rounded up. */
export function createScores(): Scores {
  let sums = new Float64Array(FIRST_SIZE);
  /** The number that a place stands for, plus one. */
  let owners = new Float64Array(FIRST_SIZE);
  const touched: number[] = [];

  /** Makes room until no two numbers of this count share a place. */
  function grow(): void {
    const numbers = touched.map((number) => [number, sums[number % sums.length] ?? 0] as const);
    let size = sums.length;
    do size *= 2;
    while (new Set(touched.map((number) => number % size)).size < touched.length);
    sums = new Float64Array(size);
    owners = new Float64Array(size);
    for (const [number, sum] of numbers) {
      sums[number % size] = sum;
      owners[number % size] = number + 1;
    }
  }

  function add(number: number, score: number): void {
    const place = number % sums.length;
    const owner = owners[place];
    if (owner === number + 1) sums[place] = (sums[place] ?? 0) + score;
    else if (owner === 0) {
      owners[place] = number + 1;
      sums[place] = score;
      touched.push(number);
    } else {
      grow();
      add(number, score);
    }
  }

  return {
    add,

    takeLargest(count) {
      const sumOf = (number: number): number => sums[number % sums.length] ?? 0;
      const enough = nthLargest(
        touched.map((number) => sumOf(number)),
        count,
      );
      const largest = touched.filter((number) => sumOf(number) >= enough);
      largest.sort((a, b) => sumOf(b) - sumOf(a) || b - a);
      for (const number of touched) owners[number % owners.length] = 0;
      touched.length = 0;
      return largest.slice(0, count);
    },
  };
}

/** The `n`th largest value; 0 where there are fewer. */
function nthLargest(values: readonly number[], n: number): number {
  const largest = new Float64Array(n);
  for (const value of values) {
    if (value <= (largest[n - 1] ?? 0)) continue;
    let place = n - 1;
    for (; place > 0 && (largest[place - 1] ?? 0) < value; place--) largest[place] = largest[place - 1] ?? 0;
    largest[place] = value;
  }
  return largest[n - 1] ?? 0;
}
