import { isObject, listIn, textIn, type Body } from './body.ts';
import type { Check, Path } from './check.ts';

/** https://discord.com/developers/docs/components/reference */
const ROWS_MAX = 5;
const ROW = 1;
const BUTTON = 2;
const STRING_SELECT = 3;
const TEXT_INPUT = 4;
const LABEL = 18;
const selects: readonly unknown[] = [STRING_SELECT, 5, 6, 7, 8];
const LINK = 5;

/** Rows of buttons and selects in a message. The layout components of "components v2" are not spoken here. */
export function checkComponents(check: Check, at: Path, components: unknown): void {
  const ids = new Set<string>();
  check.list(at, components, ROWS_MAX, (row, path) => {
    check.oneOf([...path, 'type'], row['type'], [ROW]);
    const parts = listIn(row['components']);
    if (parts.length === 0) {
      check.wrong([...path, 'components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.');
    }
    const wide = parts.some((part) => isObject(part) && selects.includes(part['type']));
    if (wide && parts.length > 1) {
      check.wrong([...path], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
    }
    check.list([...path, 'components'], row['components'], 5, (part, where) => {
      check.oneOf([...where, 'type'], part['type'], [BUTTON, ...selects]);
      if (part['type'] === BUTTON) checkButton(check, where, part);
      else checkSelect(check, where, part);
      checkUnique(check, where, part['custom_id'], ids);
    });
  });
}

/** A modal. https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal */
export function checkModal(check: Check, at: Path, modal: Body): void {
  check.text([...at, 'title'], modal['title'], { min: 1, max: 45, required: true });
  check.text([...at, 'custom_id'], modal['custom_id'], { min: 1, max: 100, required: true });
  const ids = new Set<string>();
  if (listIn(modal['components']).length === 0) {
    check.wrong([...at, 'components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.');
  }
  check.list([...at, 'components'], modal['components'], 5, (outer, path) => {
    check.oneOf([...path, 'type'], outer['type'], [ROW, LABEL]);
    const labelled = outer['type'] === LABEL;
    if (labelled) {
      check.text([...path, 'label'], outer['label'], { min: 1, max: 45, required: true });
      check.text([...path, 'description'], outer['description'], { max: 100 });
    }
    const parts = labelled ? [outer['component']] : listIn(outer['components']);
    if (parts.length !== 1) {
      check.wrong([...path, 'components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 1 in length.');
    }
    for (const [i, part] of parts.entries()) {
      const where = labelled ? [...path, 'component'] : [...path, 'components', i];
      if (isObject(part)) checkModalField(check, where, part, labelled);
      if (isObject(part)) checkUnique(check, where, part['custom_id'], ids);
    }
  });
}

function checkModalField(check: Check, at: Path, field: Body, labelled: boolean): void {
  check.oneOf([...at, 'type'], field['type'], labelled ? [TEXT_INPUT, ...selects] : [TEXT_INPUT]);
  if (field['type'] !== TEXT_INPUT) {
    checkSelect(check, at, field);
    return;
  }
  check.text([...at, 'custom_id'], field['custom_id'], { min: 1, max: 100, required: true });
  check.oneOf([...at, 'style'], field['style'], [1, 2]);
  if (labelled && field['label'] !== undefined && field['label'] !== null) {
    check.wrong([...at, 'label'], 'BASE_TYPE_CHOICES', 'The label stands in the label component.');
  }
  if (!labelled) check.text([...at, 'label'], field['label'], { min: 1, max: 45, required: true });
  check.text([...at, 'placeholder'], field['placeholder'], { max: 100 });
  check.integer([...at, 'min_length'], field['min_length'], 0, 4000);
  check.integer([...at, 'max_length'], field['max_length'], 1, 4000);
  const most = typeof field['max_length'] === 'number' ? field['max_length'] : 4000;
  check.text([...at, 'value'], field['value'], { max: most });
}

function checkButton(check: Check, at: Path, button: Body): void {
  check.oneOf([...at, 'style'], button['style'], [1, 2, 3, 4, LINK]);
  check.text([...at, 'label'], button['label'], { max: 80 });
  if (textIn(button['label']).trim() === '' && !isObject(button['emoji'])) {
    check.wrong([...at, 'label'], 'BASE_TYPE_REQUIRED', 'This field is required');
  }
  if (button['style'] === LINK) {
    if (button['url'] === undefined) check.wrong([...at, 'url'], 'BASE_TYPE_REQUIRED', 'This field is required');
    check.address([...at, 'url'], button['url'], { max: 512, schemes: ['http:', 'https:', 'discord:'] });
    if (button['custom_id'] !== undefined) {
      check.wrong(
        [...at],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
    return;
  }
  check.text([...at, 'custom_id'], button['custom_id'], { min: 1, max: 100, required: true });
  if (button['url'] !== undefined) {
    check.wrong(
      [...at],
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      'A custom id and url cannot both be specified',
    );
  }
}

function checkSelect(check: Check, at: Path, select: Body): void {
  check.text([...at, 'custom_id'], select['custom_id'], { min: 1, max: 100, required: true });
  check.text([...at, 'placeholder'], select['placeholder'], { max: 150 });
  check.integer([...at, 'min_values'], select['min_values'], 0, 25);
  check.integer([...at, 'max_values'], select['max_values'], 1, 25);
  if (select['type'] !== STRING_SELECT) return;
  const options = listIn(select['options']);
  if (options.length === 0) {
    check.wrong([...at, 'options'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 25 in length.');
  }
  const values = new Set<unknown>();
  check.list([...at, 'options'], select['options'], 25, (option, path) => {
    check.text([...path, 'label'], option['label'], { min: 1, max: 100, required: true });
    check.text([...path, 'value'], option['value'], { min: 1, max: 100, required: true });
    check.text([...path, 'description'], option['description'], { max: 100 });
    if (values.has(option['value'])) {
      check.wrong(
        [...path, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    values.add(option['value']);
  });
  const most = typeof select['max_values'] === 'number' ? select['max_values'] : 1;
  const least = typeof select['min_values'] === 'number' ? select['min_values'] : 1;
  if (most > options.length || least > most) {
    check.wrong([...at, 'max_values'], 'BASE_TYPE_BAD_LENGTH', 'There are fewer options than values to choose.');
  }
  if (options.filter((option) => isObject(option) && option['default'] === true).length > most) {
    check.wrong([...at, 'options'], 'SELECT_COMPONENT_TOO_MANY_DEFAULTS', 'More options are chosen than may be.');
  }
}

function checkUnique(check: Check, at: Path, id: unknown, ids: Set<string>): void {
  if (typeof id !== 'string') return;
  if (ids.has(id)) {
    check.wrong([...at, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  }
  ids.add(id);
}
