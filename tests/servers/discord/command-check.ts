import { isObject, listIn, objectIn, textIn, type Body } from './body.ts';
import { createCheck, type Check, type Finding, type Path } from './check.ts';

/** https://discord.com/developers/docs/interactions/application-commands */
const CHAT_INPUT = 1;
const SUBCOMMAND = 1;
const GROUP = 2;
const STRING = 3;
const INTEGER = 4;
const CHANNEL = 7;
const NUMBER = 10;
const ALL_TEXT_MAX = 8000;
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** How many commands an application may have of a type. */
const mostOfType: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const types = [CHAT_INPUT, 2, 3];

/** https://discord.com/developers/docs/reference#locales */
const locales = new Set(
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  ),
);

/** What is wrong with a list of commands, as a bulk overwrite takes it. */
export function checkCommands(commands: readonly unknown[]): readonly Finding[] {
  const check = createCheck();
  const names = new Set<string>();
  check.list([], commands, 130, (command, path) => {
    checkCommand(check, path, command);
    const type = command['type'] ?? CHAT_INPUT;
    const name = `${typeof type === 'number' ? type : 0} ${textIn(command['name'])}`;
    if (names.has(name)) {
      check.wrong(path, 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    }
    names.add(name);
  });
  for (const type of types) {
    const count = commands.filter((command) => (objectIn(command)['type'] ?? CHAT_INPUT) === type).length;
    if (count > (mostOfType[type] ?? 0)) {
      check.wrong([], 'BASE_TYPE_MAX_LENGTH', `Must be ${mostOfType[type] ?? 0} or fewer in length.`);
    }
  }
  return check.findings;
}

/** What is wrong with one command. */
export function checkCommand(check: Check, at: Path, command: Body): void {
  const type = command['type'] ?? CHAT_INPUT;
  check.oneOf([...at, 'type'], type, types);
  if (type === CHAT_INPUT) {
    checkName(check, at, command);
    checkDescription(check, at, command);
    checkOptions(check, [...at, 'options'], command['options'], 0);
  } else {
    check.text([...at, 'name'], command['name'], { min: 1, max: 32, required: true });
    checkLocalizations(check, [...at, 'name_localizations'], command['name_localizations'], 32);
    if (textIn(command['description']) !== '') {
      check.wrong(
        [...at, 'description'],
        'APPLICATION_COMMAND_INVALID_DESCRIPTION',
        'Context menu commands cannot have description',
      );
    }
    if (listIn(command['options']).length > 0) {
      check.wrong(
        [...at, 'options'],
        'APPLICATION_COMMAND_INVALID_OPTIONS',
        'Context menu commands cannot have options',
      );
    }
  }
  for (const [i, context] of listIn(command['contexts']).entries()) {
    check.oneOf([...at, 'contexts', i], context, [0, 1, 2]);
  }
  for (const [i, kind] of listIn(command['integration_types']).entries()) {
    check.oneOf([...at, 'integration_types', i], kind, [0, 1]);
  }
  const permissions = command['default_member_permissions'];
  if (
    permissions !== undefined &&
    permissions !== null &&
    !/^\d+$/u.test(typeof permissions === 'string' ? permissions : '')
  ) {
    check.wrong([...at, 'default_member_permissions'], 'NUMBER_TYPE_COERCE', 'Value is not a set of permissions.');
  }
  if (allText(command) > ALL_TEXT_MAX) {
    check.wrong(at, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${ALL_TEXT_MAX})`);
  }
}

function checkName(check: Check, at: Path, named: Body): void {
  const name = named['name'];
  check.text([...at, 'name'], name, { min: 1, max: 32, required: true });
  if (typeof name === 'string' && (!NAME.test(name) || name !== name.toLowerCase())) {
    check.wrong([...at, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
  checkLocalizations(check, [...at, 'name_localizations'], named['name_localizations'], 32, NAME);
}

function checkDescription(check: Check, at: Path, described: Body): void {
  check.text([...at, 'description'], described['description'], { min: 1, max: 100, required: true });
  checkLocalizations(check, [...at, 'description_localizations'], described['description_localizations'], 100);
}

function checkLocalizations(check: Check, at: Path, texts: unknown, max: number, pattern?: RegExp): void {
  if (texts === undefined || texts === null) return;
  for (const [locale, text] of Object.entries(objectIn(texts))) {
    if (!locales.has(locale)) check.wrong([...at, locale], 'BASE_TYPE_CHOICES', 'This locale is not known.');
    if (text === null) continue;
    check.text([...at, locale], text, { min: 1, max, required: true });
    if (pattern && typeof text === 'string' && (!pattern.test(text) || text !== text.toLowerCase())) {
      check.wrong([...at, locale], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    }
  }
}

/** Options of a command (depth 0), of a group or subcommand in it (1), of a subcommand in a group (2). */
function checkOptions(check: Check, at: Path, options: unknown, depth: number): void {
  const list = listIn(options).map(objectIn);
  const names = new Set<unknown>();
  const nested = list.filter(({ type }) => type === SUBCOMMAND || type === GROUP);
  if (nested.length > 0 && nested.length < list.length) {
    check.wrong(
      at,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
  check.list(at, options, 25, (option, path) => {
    check.integer([...path, 'type'], option['type'] ?? 0, SUBCOMMAND, 11);
    checkName(check, path, option);
    checkDescription(check, path, option);
    if (names.has(option['name'])) {
      check.wrong([...path, 'name'], 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED', 'Option names must be unique');
    }
    names.add(option['name']);
    const { type } = option;
    if (type === GROUP && depth > 0)
      check.wrong(path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'A group cannot be nested.');
    if (type === SUBCOMMAND && depth > 1)
      check.wrong(path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'A subcommand cannot be nested.');
    if (type === SUBCOMMAND) checkOptions(check, [...path, 'options'], option['options'], 2);
    else if (type === GROUP) checkGroup(check, path, option);
    else checkValue(check, path, option);
  });
  const required = list.map((option) => option['required'] === true);
  if (required.lastIndexOf(true) > required.indexOf(false) && required.includes(false)) {
    check.wrong(
      at,
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
      'Required options must be placed before non-required options',
    );
  }
}

function checkGroup(check: Check, at: Path, group: Body): void {
  const members = listIn(group['options']).map(objectIn);
  if (members.length === 0 || members.some(({ type }) => type !== SUBCOMMAND)) {
    check.wrong([...at, 'options'], 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'A group holds subcommands.');
  }
  checkOptions(check, [...at, 'options'], group['options'], 1);
}

function checkValue(check: Check, at: Path, option: Body): void {
  const { type } = option;
  const numeric = type === INTEGER || type === NUMBER;
  const choices = listIn(option['choices']);
  if (choices.length > 0 && !numeric && type !== STRING) {
    check.wrong([...at, 'choices'], 'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID', 'This type takes no choices.');
  }
  if (option['autocomplete'] === true && (choices.length > 0 || (!numeric && type !== STRING))) {
    check.wrong(
      [...at, 'autocomplete'],
      'APPLICATION_COMMAND_AUTOCOMPLETE_INVALID',
      'Autocomplete cannot be set here.',
    );
  }
  checkChoices(check, [...at, 'choices'], option['choices'], { type, unique: true });
  if (!numeric && (option['min_value'] !== undefined || option['max_value'] !== undefined)) {
    check.wrong(at, 'APPLICATION_COMMAND_OPTIONS_VALUE_INVALID', 'Only numbers have a least and a greatest value.');
  }
  if (type !== STRING && (option['min_length'] !== undefined || option['max_length'] !== undefined)) {
    check.wrong(at, 'APPLICATION_COMMAND_OPTIONS_LENGTH_INVALID', 'Only strings have a length.');
  }
  check.integer([...at, 'min_length'], option['min_length'], 0, 6000);
  check.integer([...at, 'max_length'], option['max_length'], 1, 6000);
  if (type !== CHANNEL && option['channel_types'] !== undefined) {
    check.wrong(
      [...at, 'channel_types'],
      'APPLICATION_COMMAND_OPTIONS_CHANNEL_TYPES_INVALID',
      'Only channels have channel types.',
    );
  }
}

/** Choices of an option, or the answer to an autocompletion. */
export function checkChoices(
  check: Check,
  at: Path,
  choices: unknown,
  option: { readonly type: unknown; readonly unique: boolean },
): void {
  const names = new Set<unknown>();
  check.list(at, choices, 25, (choice, path) => {
    check.text([...path, 'name'], choice['name'], { min: 1, max: 100, required: true });
    checkLocalizations(check, [...path, 'name_localizations'], choice['name_localizations'], 100);
    if (option.type === STRING) check.text([...path, 'value'], choice['value'], { min: 1, max: 100, required: true });
    else if (typeof choice['value'] !== 'number' || Math.abs(choice['value']) > 2 ** 53) {
      check.wrong([...path, 'value'], 'NUMBER_TYPE_COERCE', 'Value is not a number.');
    }
    if (option.unique && names.has(choice['name'])) {
      check.wrong(
        [...path, 'name'],
        'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATED',
        'Choice names must be unique',
      );
    }
    names.add(choice['name']);
  });
}

/** Names, descriptions and values of a command and everything in it; of localizations the longest counts. */
function allText(item: Body): number {
  const longest = (text: unknown, localized: unknown): number =>
    Math.max(textIn(text).length, ...Object.values(objectIn(localized)).map((other) => textIn(other).length));
  const own =
    longest(item['name'], item['name_localizations']) +
    longest(item['description'], item['description_localizations']) +
    textIn(item['value']).length;
  const inner = [...listIn(item['options']), ...listIn(item['choices'])].filter(isObject);
  return inner.reduce((sum, part) => sum + allText(part), own);
}
