/**
 * The text after a slash command as the member typed it. Slack writes links as `<address|label>` and escapes `& < >`;
 * mentions of channels (`<#C1|name>`) stay, since the counter reads them.
 */
export function saidText(text: string): string {
  return text
    .replace(/<((?:https?|mailto):[^|>]*)(?:\|[^>]*)?>/gu, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}
