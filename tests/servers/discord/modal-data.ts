import type { Body } from './body.ts';
import type { SeenComponent } from './message.ts';

const ROW = 1;
const TEXT_INPUT = 4;

/**
 * The `data` of a modal as Discord's client sends it. Fields are named by label or custom_id and keep what stood in them
 * when not given. Throws where the client would not let it be sent: no such field, too short or too long, nothing in
 * a field that must be filled.
 */
export function modalData(
  { customId, components }: { readonly customId: string; readonly components: readonly SeenComponent[] },
  values: Readonly<Record<string, string>>,
): Body {
  const names = components.flatMap((outer) => fieldsIn(outer).flatMap((field) => namesOf(outer, field)));
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`No field ${unknown} in the modal; there is: ${names.join(', ')}`);
  return {
    custom_id: customId,
    components: components.map((outer) => {
      const sent = fieldsIn(outer).map((field) => sentField(field, valueOf(outer, field, values)));
      return outer.type === ROW
        ? { type: ROW, id: 1, components: sent }
        : { type: outer.type, id: 1, component: sent[0] };
    }),
  };
}

function fieldsIn({ components = [], component }: SeenComponent): readonly SeenComponent[] {
  return component ? [component] : components;
}

function namesOf({ label }: SeenComponent, field: SeenComponent): readonly string[] {
  return [label, field.label, field.custom_id].filter((name) => name !== undefined);
}

function valueOf(outer: SeenComponent, field: SeenComponent, values: Readonly<Record<string, string>>): string {
  const given = namesOf(outer, field).map((name) => values[name]);
  const standing = field.value ?? field.options?.find((option) => option.default === true)?.value ?? '';
  return given.find((value) => value !== undefined) ?? standing;
}

function sentField(field: SeenComponent, value: string): Body {
  const { type, custom_id, required = true, min_length = 0, max_length = 4000, options = [] } = field;
  const name = custom_id ?? '';
  if (required && value === '') throw new Error(`${name} must be filled`);
  if (type !== TEXT_INPUT) {
    const known = value === '' || options.some((option) => option.value === value);
    if (!known) throw new Error(`${name} does not offer ${value}`);
    return { type, id: 2, custom_id, values: value === '' ? [] : [value] };
  }
  if (value !== '' && (value.length < min_length || value.length > max_length)) {
    throw new Error(`${name} is too short or too long`);
  }
  return { type, id: 2, custom_id, value: value.toWellFormed() };
}
