import { isObject, listIn, textIn, type Body, type Upload } from './body.ts';
import { createCheck, type Check, type Finding, type Path } from './check.ts';
import { checkComponents } from './component-check.ts';
import { isSnowflake } from './snowflake.ts';

/** https://discord.com/developers/docs/resources/message#create-message and #embed-object-embed-limits */
const CONTENT_MAX = 2000;
const EMBEDS_MAX = 10;
const ALL_EMBEDS_MAX = 6000;
const NONCE_MAX = 25;
const FILES_MAX = 10;
const FILE_BYTES_MAX = 10 * 1024 * 1024;
const URL_MAX = 2048;
const web = ['http:', 'https:'];

/** What is wrong with the body of a message, at a place in the request (`[]` or `['data']`). */
export function checkMessage(body: Body, files: readonly Upload[], at: Path = []): readonly Finding[] {
  const check = createCheck();
  check.text([...at, 'content'], body['content'], { max: CONTENT_MAX });
  checkEmbeds(check, [...at, 'embeds'], body['embeds']);
  checkComponents(check, [...at, 'components'], body['components']);
  checkAllowedMentions(check, [...at, 'allowed_mentions'], body['allowed_mentions']);
  checkNonce(check, [...at, 'nonce'], body['nonce']);
  check.integer([...at, 'flags'], body['flags'], 0, 2 ** 32);
  checkFiles(check, at, body['attachments'], files);
  return check.findings;
}

/** Whether there would be nothing to see; whitespace is nothing. */
export function isEmptyMessage(body: Body, files: number): boolean {
  const some = listIn(body['embeds']).length + listIn(body['components']).length + files;
  return textIn(body['content']).trim() === '' && some === 0;
}

function checkEmbeds(check: Check, at: Path, embeds: unknown): void {
  let size = 0;
  check.list(at, embeds, EMBEDS_MAX, (embed, path) => {
    checkEmbed(check, path, embed);
    size += sizeOf(embed);
  });
  if (size > ALL_EMBEDS_MAX) {
    check.wrong(at, 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${ALL_EMBEDS_MAX}`);
  }
}

function checkEmbed(check: Check, at: Path, embed: Body): void {
  check.text([...at, 'title'], embed['title'], { max: 256 });
  check.text([...at, 'description'], embed['description'], { max: 4096 });
  check.address([...at, 'url'], embed['url'], { max: URL_MAX, schemes: web });
  check.integer([...at, 'color'], embed['color'], 0, 0xff_ff_ff);
  if (embed['timestamp'] !== undefined && !isIsoTime(embed['timestamp'])) {
    check.wrong([...at, 'timestamp'], 'DATE_TIME_TYPE_PARSE', 'Could not parse. Should be ISO8601.');
  }
  part(embed['footer'], (footer) => {
    check.text([...at, 'footer', 'text'], footer['text'], { min: 1, max: 2048, required: true });
    checkPicture(check, [...at, 'footer', 'icon_url'], footer['icon_url']);
  });
  part(embed['author'], (author) => {
    check.text([...at, 'author', 'name'], author['name'], { min: 1, max: 256, required: true });
    check.address([...at, 'author', 'url'], author['url'], { max: URL_MAX, schemes: web });
    checkPicture(check, [...at, 'author', 'icon_url'], author['icon_url']);
  });
  for (const name of ['image', 'thumbnail']) {
    part(embed[name], (picture) => checkPicture(check, [...at, name, 'url'], picture['url']));
  }
  check.list([...at, 'fields'], embed['fields'], 25, (field, path) => {
    check.text([...path, 'name'], field['name'], { min: 1, max: 256, required: true });
    check.text([...path, 'value'], field['value'], { min: 1, max: 1024, required: true });
  });
  const shown = ['title', 'description', 'footer', 'author', 'image', 'thumbnail'].some((name) =>
    isObject(embed[name]) ? true : textIn(embed[name]).trim() !== '',
  );
  if (!shown && listIn(embed['fields']).length === 0) {
    check.wrong([...at, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  }
}

function checkPicture(check: Check, at: Path, address: unknown): void {
  check.address(at, address, { max: URL_MAX, schemes: [...web, 'attachment:'] });
}

function sizeOf(embed: Body): number {
  const fields = listIn(embed['fields']).map((field) => (isObject(field) ? field : {}));
  const footer = isObject(embed['footer']) ? embed['footer']['text'] : '';
  const author = isObject(embed['author']) ? embed['author']['name'] : '';
  const texts = [embed['title'], embed['description'], footer, author];
  return [...texts, ...fields.flatMap((field) => [field['name'], field['value']])]
    .map((text) => textIn(text).length)
    .reduce((sum, length) => sum + length, 0);
}

/** https://discord.com/developers/docs/resources/message#allowed-mentions-object */
function checkAllowedMentions(check: Check, at: Path, allowed: unknown): void {
  part(allowed, (mentions) => {
    const parse = listIn(mentions['parse']);
    for (const [i, kind] of parse.entries()) check.oneOf([...at, 'parse', i], kind, ['roles', 'users', 'everyone']);
    for (const kind of ['users', 'roles']) {
      const ids = listIn(mentions[kind]);
      if (ids.length > 100) check.wrong([...at, kind], 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.');
      if (ids.length > 0 && parse.includes(kind)) {
        check.wrong(
          [...at],
          'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
          `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
        );
      }
      for (const [i, id] of ids.entries()) {
        if (!isSnowflake(textIn(id))) check.wrong([...at, kind, i], 'NUMBER_TYPE_COERCE', 'Value is not snowflake.');
      }
    }
  });
}

function checkNonce(check: Check, at: Path, nonce: unknown): void {
  if (typeof nonce === 'number') check.integer(at, nonce, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  else check.text(at, nonce, { max: NONCE_MAX });
}

function checkFiles(check: Check, at: Path, attachments: unknown, files: readonly Upload[]): void {
  if (files.length > FILES_MAX) {
    check.wrong([...at, 'attachments'], 'BASE_TYPE_MAX_LENGTH', `Must be ${FILES_MAX} or fewer in length.`);
  }
  for (const { index, bytes } of files) {
    if (bytes.length > FILE_BYTES_MAX) check.wrong([...at, 'files', index], 'FILE_TOO_LARGE', 'The file is too large.');
  }
  check.list([...at, 'attachments'], attachments, FILES_MAX, (attachment, path) => {
    check.text([...path, 'description'], attachment['description'], { max: 1024 });
    check.text([...path, 'filename'], attachment['filename'], { max: 1024 });
  });
}

function isIsoTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/u.test(value) && !Number.isNaN(Date.parse(value));
}

function part(value: unknown, then: (object: Body) => void): void {
  if (isObject(value)) then(value);
}
