/** What a page's structured data says of its article (schema.org Article and its kinds); '' where it says nothing. */
export interface StructuredArticle {
  readonly headline: string;
  readonly body: string;
  readonly author: string;
  readonly published: string;
  readonly siteName: string;
  readonly lang: string;
  readonly url: string;
}

const ARTICLE_TYPE = /(?:Article|BlogPosting|Report|SocialMediaPosting|Review|Recipe|CreativeWork|NewsItem)$/u;
const MAX_NODES = 2000;
const MAX_DEPTH = 8;
const MAX_LENGTH = 1_000_000;

type Json = Readonly<Record<string, unknown>>;

/** The first article in the page's JSON-LD scripts; the one with a text goes before one without. Null for none. */
export function structuredArticle(scripts: readonly string[]): StructuredArticle | null {
  const articles = scripts.flatMap((script) => articleNodes(parseScript(script))).map(readNode);
  return articles.find((article) => article.body !== '') ?? articles[0] ?? null;
}

function parseScript(script: string): unknown {
  if (script.length > MAX_LENGTH) return null;
  const json = script
    .replace(/^\s*(?:<!--|(?:\/\/\s*)?<!\[CDATA\[)/u, '')
    .replace(/(?:-->|(?:\/\/\s*)?\]\]>)\s{0,100}$/u, '');
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** The article nodes of a graph, breadth first, as far as the bounds allow. */
function articleNodes(root: unknown): Json[] {
  const found: Json[] = [];
  let level: unknown[] = [root];
  let seen = 0;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const value of level) {
      if (++seen > MAX_NODES) return found;
      if (Array.isArray(value)) next.push(...value.slice(0, MAX_NODES));
      if (!isNode(value)) continue;
      if (isArticle(value)) found.push(value);
      next.push(value['@graph'], value['mainEntity'], value['mainEntityOfPage'], value['hasPart']);
    }
    level = next.filter((value) => typeof value === 'object' && value !== null);
  }
  return found;
}

function isNode(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isArticle(node: Json): boolean {
  const type = node['@type'];
  const types = Array.isArray(type) ? type : [type];
  return types.some((name) => typeof name === 'string' && ARTICLE_TYPE.test(name));
}

function readNode(node: Json): StructuredArticle {
  return {
    headline: textOf(node['headline']) || textOf(node['name']),
    body: textOf(node['articleBody']) || textOf(node['text']),
    author: namesOf(node['author'] ?? node['creator']),
    published: textOf(node['datePublished']) || textOf(node['dateCreated']),
    siteName: namesOf(node['publisher']),
    lang: textOf(node['inLanguage']),
    url: textOf(node['url']),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** Names of people or organisations given as text, node or list of either. */
function namesOf(value: unknown): string {
  const list = Array.isArray(value) ? value.slice(0, 10) : [value];
  const names = list.map((entry) => (isNode(entry) ? textOf(entry['name']) : textOf(entry)));
  return names.filter((name) => name !== '' && !/^https?:/u.test(name)).join(', ');
}
