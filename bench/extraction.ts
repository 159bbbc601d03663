import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { extractArticle } from '../src/story/extract.ts';

const ROUNDS = 3;
const GENERATED_PAGES = 40;
const URL = 'https://bench.example/story';

/**
 * Times `extractArticle` against plain Readability on linkedom, in turns within one run, on generated pages and on the
 * pages (`.html`, `.html.gz`) of a folder named with `--pages`. Prints ms a page and the ratio.
 */
export async function benchExtraction(): Promise<void> {
  const { values } = parseArgs({ options: { pages: { type: 'string' } }, strict: false });
  compare('generated pages', generatedPages());
  if (typeof values.pages === 'string') compare(values.pages, readPages(values.pages));
}

function compare(name: string, pages: readonly string[]): void {
  let plainMs = 0;
  let oursMs = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    for (const page of pages) {
      const start = performance.now();
      readPlainly(page);
      const middle = performance.now();
      extractArticle(page, URL);
      // The first round warms up.
      if (round === 0) continue;
      plainMs += middle - start;
      oursMs += performance.now() - middle;
    }
  }
  const runs = pages.length * ROUNDS;
  console.log(
    `extraction, ${name} (${pages.length}): ${(oursMs / runs).toFixed(2)} ms a page, ` +
      `Readability on linkedom ${(plainMs / runs).toFixed(2)} ms, ratio ${(oursMs / plainMs).toFixed(2)} (goal <= 1.2)`,
  );
}

function readPlainly(html: string): number {
  const { document } = parseHTML(html);
  return new Readability(document).parse()?.textContent?.length ?? 0;
}

function readPages(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.html(?:\.gz)?$/u.test(name))
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    });
}

/** Pages of 60-250 kB: an article between menus, scripts, pictures, related stories and comments. */
function generatedPages(): string[] {
  return Array.from({ length: GENERATED_PAGES }, (_, seed) => generatedPage(seed));
}

function generatedPage(seed: number): string {
  const paragraphs = Array.from({ length: 12 + (seed % 30) }, (_, i) => `<p>${sentence(seed + i).repeat(3)}</p>`);
  const menu = Array.from({ length: 80 }, (_, i) => `<li class="menu-item"><a href="/s/${i}">Section ${i}</a></li>`);
  const cards = Array.from(
    { length: 30 },
    (_, i) =>
      `<div class="card related"><a href="/r/${i}"><img src="${i}.jpg"><span>${sentence(i).slice(0, 60)}</span></a></div>`,
  );
  const script = `<script>window.data = ${JSON.stringify(Array.from({ length: 400 + seed * 40 }, (_, i) => ({ id: i, name: sentence(i) })))}</script>`;
  const comments = Array.from({ length: 20 }, (_, i) => `<div class="comment"><p>${sentence(i * 7)}</p></div>`);
  return (
    `<!doctype html><html lang="en"><head><title>Story ${seed}</title>${script}</head><body>` +
    `<nav><ul>${menu.join('')}</ul></nav><main><article><h1>Story ${seed}</h1>${paragraphs.join('\n')}</article>` +
    `<aside>${cards.join('')}</aside><div class="comments">${comments.join('')}</div></main></body></html>`
  );
}

function sentence(seed: number): string {
  const nouns = ['harbour', 'council', 'bridge', 'library', 'market', 'railway', 'school', 'island'];
  const verbs = ['opens', 'closes', 'grows', 'waits', 'changes', 'returns'];
  const noun = (i: number) => nouns[(seed + i) % nouns.length] ?? '';
  return `The ${noun(0)} ${verbs[seed % verbs.length] ?? ''} before the ${noun(3)}, said the ${noun(5)}, and nobody in town ${seed} minds. `;
}

if (import.meta.main) await benchExtraction();
