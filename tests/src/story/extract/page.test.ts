import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PAGE_LIMITS, readPage } from '../../../../src/story/extract/page.ts';
import { descendants, rawText, serialise, unshieldText } from '../../../../src/story/extract/page-tree.ts';
import type { PageElement } from '../../../../src/story/extract/page-tree.ts';

function outline(element: PageElement): string {
  return element.children
    .map((child) => (typeof child === 'string' ? child.trim() : `${child.name}(${outline(child)})`))
    .filter((part) => part !== '')
    .join(' ');
}

describe('readPage', () => {
  test.each([
    ['<p>a<p>b', 'p(a) p(b)'],
    ['<p>a<div>b</div>', 'p(a) div(b)'],
    ['<ul><li>a<li>b</ul>', 'ul(li(a) li(b))'],
    ['<table><tr><td>a<td>b<tr><td>c</table>', 'table(tr(td(a) td(b)) tr(td(c)))'],
    ['<div><b>a</div>b', 'div(b(a)) b'],
    ['a</div>b', 'ab'],
    ['a<br/>b<hr>c', 'a br() b hr() c'],
    ['<html><head><title>T</title></head><body class=x><p>a</body></html>', 'p(a)'],
    ['a<script>if (1 < 2) "<p>"</script>b', 'a b'],
    ['a<svg><path/><title>icon</title></svg>b', 'a b'],
    ['a<svg/>b', 'ab'],
    ['<noscript><p>x</noscript><p>b', 'p(b)'],
    ['<select><option>x<option>y</select>z', 'z'],
    ['<p>a &amp; b &lt;i&gt;</p>', 'p(a & b <i>)'],
    ['<P CLASS=A>a</P>', 'p(a)'],
  ])('%s', (html, expected) => {
    expect(outline(readPage(html).body)).toBe(expected);
  });

  test('keeps the first of the facts in the head', () => {
    const page = readPage(
      '<html lang=de><head><title>A &amp; B</title><svg><title>no</title></svg><meta name=Author content="X"><meta name=author content=Y>' +
        '<link rel="canonical" href="/a?b=1&amp;c=2"><script type="application/ld+json">{"a":"<b>"}</script>',
    );
    expect(page).toMatchObject({ title: 'A & B', lang: 'de', canonical: '/a?b=1&c=2', jsonLd: ['{"a":"<b>"}'] });
    expect(page.meta.get('author')).toBe('X');
  });

  test('an address in a link is not kept, but whether it stays on the page is', () => {
    const [outside, inside] = readPage('<a href="https://a.example/b">a</a><a href="#top">b</a>').body.children;
    expect([outside, inside].map((link) => (typeof link === 'object' ? link.attributes.get('href') : ''))).toEqual([
      '/',
      '#a',
    ]);
  });

  test('what hides an element is kept as `hidden`', () => {
    const [element] = readPage('<div style="color: red; display : none">a</div>').body.children;
    expect(typeof element === 'object' && element.attributes.has('hidden')).toBe(true);
  });
});

describe('bounds', () => {
  const limits = { ...PAGE_LIMITS, maxElements: 20, maxDepth: 6, maxDepthSum: 60 };
  const markup = fc
    .array(
      fc.constantFrom(
        '<div>',
        '</div>',
        '<p>',
        '</p>',
        '<b>',
        '</b>',
        '<td>',
        '<br>',
        '<svg>',
        '</svg>',
        'a ',
        '<li class="x">',
      ),
      { maxLength: 200 },
    )
    .map((parts) => parts.join(''));

  test('hold for any markup', () => {
    fc.assert(
      fc.property(markup, (html) => {
        const elements = [...descendants(readPage(html, limits).body)];
        expect(elements.length).toBeLessThanOrEqual(20);
        for (const element of elements) expect(element.depth).toBeLessThanOrEqual(6);
      }),
    );
  });

  test('text beyond the depth is kept', () => {
    const { body } = readPage(`${'<div>'.repeat(9)}deep${'</div>'.repeat(9)}<p>after`, limits);
    expect(rawText(body)).toContain('deep');
    expect(outline(body)).toMatch(/p\(after\)$/u);
  });

  test('markup beyond the length is not read', () => {
    expect(rawText(readPage('abcdef', { ...PAGE_LIMITS, maxLength: 3 }).body)).toBe('abc');
  });
});

test('a tree written out and read again is the same', () => {
  const part = fc.oneof(
    fc.constantFrom('<p>', '</p>', '<div id="a&quot;b">', '</div>', '<i>', '</i>', '&lt;b&gt;', '&amp;amp;'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const { body } = readPage(parts.join(''));
      const again = readPage(serialise(body)).body;
      expect(unshieldText(outline(again))).toBe(unshieldText(outline(body)));
    }),
  );
});
