/** Elements whose content is never article text: neither their tags nor what they hold are kept. */
export const DROPPED_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'script style noscript template svg math iframe object applet embed audio video canvas map noembed noframes ' +
    'textarea select option optgroup datalist button title dialog'
  ).split(' '),
);

/** Tags without a place in the tree: the tree begins with the body. */
export const HEAD_ONLY: ReadonlySet<string> = new Set('html head body meta link base'.split(' '));

/** All that is read of any tag. */
export const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'class id role itemprop rel aria-modal aria-hidden colspan rowspan href hidden style datetime type lang xml:lang ' +
    'content property name http-equiv'
  ).split(' '),
);

const PARAGRAPH = ['p'];
const HEADING = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p'];

/** What an opening tag closes when it stands innermost (as htmlparser2 does it). */
export const CLOSED_BY: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    tr: ['tr', 'th', 'td'],
    th: ['th'],
    td: ['thead', 'th', 'td'],
    a: ['a'],
    li: ['li'],
    p: PARAGRAPH,
    h1: HEADING,
    h2: HEADING,
    h3: HEADING,
    h4: HEADING,
    h5: HEADING,
    h6: HEADING,
    dd: ['dd', 'dt'],
    dt: ['dd', 'dt'],
    rt: ['rt', 'rp'],
    rp: ['rt', 'rp'],
    tbody: ['thead', 'tbody'],
    tfoot: ['thead', 'tbody'],
    ...Object.fromEntries(
      (
        'address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ' +
        'ol pre section table ul'
      )
        .split(' ')
        .map((name) => [name, PARAGRAPH]),
    ),
  }).map(([name, closed]) => [name, new Set(closed)]),
);
