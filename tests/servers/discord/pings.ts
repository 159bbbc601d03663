import { isObject, listIn, textIn, type Body } from './body.ts';

/**
 * The mentions in a message's content that its `allowed_mentions` let through. A mention counts wherever it stands, a
 * backslash or code around it as well: nothing is to depend on how Discord reads those.
 * https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function pingsIn(body: Body): readonly string[] {
  const mentions = textIn(body['content']).match(/@everyone|@here|<@&\d+>|<@!?\d+>/gu) ?? [];
  return mentions.filter((mention) => isAllowed(mention, body['allowed_mentions']));
}

function isAllowed(mention: string, allowed: unknown): boolean {
  if (!isObject(allowed)) return true;
  const parse = listIn(allowed['parse']);
  const id = /\d+/u.exec(mention)?.[0];
  if (id === undefined) return parse.includes('everyone');
  const kind = mention.startsWith('<@&') ? 'roles' : 'users';
  return parse.includes(kind) || listIn(allowed[kind]).includes(id);
}
