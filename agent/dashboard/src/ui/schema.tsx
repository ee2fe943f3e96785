/** A form made from a JSON Schema, of the kind that modules and apps describe themselves by. */
import { useState } from 'preact/hooks';
import { language } from '../i18n';
import { modules } from '../pages/modules.lang';
import { Button, Field } from './index';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Fields = { [key: string]: Json };

export interface Schema {
  type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  title?: string;
  'x-titles'?: Record<string, string>;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  pattern?: string;
  default?: Json;
}

/**
 * A pattern in the words of a browser, which takes some signs within [ ] with a backslash only, and
 * knows letters as \p{L}.
 */
export function ofBrowsers(pattern: string | undefined): string | undefined {
  return pattern
    ?.replace(/\\p([A-Z])/g, '\\p{$1}')
    .replace(/\\.|\[\^?(?:\\.|[^\]\\])*\]/g, (part) =>
      part.startsWith('[') ? part[0] + part.slice(1, -1).replace(BARE, escaped) + ']' : part,
    );
}

/** What must not stand alone in a class, and what has its backslash already. */
const BARE = /\\p\{\w+\}|\\.|[()[{}/|]|(?<=^\^?)-|-$/g;

function escaped(found: string): string {
  return found.length > 1 ? found : `\\${found}`;
}

interface Props {
  name: string;
  schema: Schema;
  value: Json;
  change: (value: Json) => void;
  required: boolean;
}

export function titleOf(schema: Schema, name: string): string {
  return schema['x-titles']?.[language()] ?? schema.title ?? name;
}

/** One value, by the control that fits its kind. */
function SchemaField(props: Props) {
  const { schema } = props;
  if (schema.type === 'object')
    return schema.properties ? <Group {...props} /> : <Named {...props} />;
  if (schema.type === 'array') {
    return schema.items?.type === 'object' || schema.items?.type === 'array' ? (
      <Items {...props} />
    ) : (
      <Lines {...props} />
    );
  }
  return <Single {...props} />;
}

function Single({ name, schema, value, change, required }: Props) {
  const title = titleOf(schema, name);
  if (schema.type === 'boolean') {
    return (
      <label class="tick field">
        <input
          type="checkbox"
          checked={value === true}
          onChange={(event) => change(event.currentTarget.checked)}
        />
        {title}
      </label>
    );
  }
  const text = value === null || value === undefined ? '' : String(value);
  if (schema.enum) {
    return (
      <Field label={title}>
        <select value={text} onChange={(event) => change(event.currentTarget.value || null)}>
          {!required && schema.default === undefined && <option value="">–</option>}
          {schema.enum.map((choice) => (
            <option value={choice}>{choice}</option>
          ))}
        </select>
      </Field>
    );
  }
  const numeric = schema.type === 'integer' || schema.type === 'number';
  return (
    <Field
      label={title}
      hint={
        numeric && schema.maximum !== undefined ? `${schema.minimum} – ${schema.maximum}` : name
      }
    >
      <input
        type={numeric ? 'number' : 'text'}
        value={text}
        required={required}
        {...(numeric
          ? {
              min: schema.minimum,
              max: schema.maximum,
              step: schema.type === 'integer' ? 1 : 'any',
            }
          : { maxLength: schema.maxLength, pattern: ofBrowsers(schema.pattern) })}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          change(typed === '' ? null : numeric ? Number(typed) : typed);
        }}
      />
    </Field>
  );
}

function Lines({ name, schema, value, change }: Props) {
  const numeric = schema.items?.type === 'integer' || schema.items?.type === 'number';
  const [text, setText] = useState(Array.isArray(value) ? value.join('\n') : '');
  return (
    <Field label={titleOf(schema, name)} hint={modules().eachLine}>
      <textarea
        rows={3}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          const lines = event.currentTarget.value.split('\n').map((line) => line.trim());
          change(lines.filter(Boolean).map((line) => (numeric ? Number(line) : line)));
        }}
      />
    </Field>
  );
}

function Group({ name, schema, value, change }: Props) {
  const fields = (value ?? {}) as Fields;
  return (
    <fieldset>
      <legend>{titleOf(schema, name)}</legend>
      <SchemaFields schema={schema} value={fields} change={change} />
    </fieldset>
  );
}

/** The fields of an object, one below the other. */
export function SchemaFields({
  schema,
  value,
  change,
}: {
  schema: Schema;
  value: Fields;
  change: (value: Fields) => void;
}) {
  return (
    <>
      {Object.entries(schema.properties ?? {}).map(([key, field]) => (
        <SchemaField
          key={key}
          name={key}
          schema={field}
          value={value[key] ?? null}
          required={schema.required?.includes(key) ?? false}
          change={(next) => change({ ...value, [key]: next })}
        />
      ))}
    </>
  );
}

function blank(schema: Schema): Json {
  if (schema.default !== undefined) return schema.default;
  if (schema.type === 'array') return [];
  if (schema.type === 'boolean') return false;
  if (schema.type !== 'object') return null;
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([key, field]) => [key, blank(field)]),
  );
}

function Items({ name, schema, value, change }: Props) {
  const items = Array.isArray(value) ? value : [];
  const item = schema.items!;
  return (
    <fieldset>
      <legend>{titleOf(schema, name)}</legend>
      {items.map((one, i) => (
        <div class="item">
          <SchemaField
            name={`${name} ${i + 1}`}
            schema={item}
            value={one}
            required
            change={(next) => change(items.map((old, at) => (at === i ? next : old)))}
          />
          <Button onClick={() => change(items.filter((_, at) => at !== i))}>
            {modules().removeItem}
          </Button>
        </div>
      ))}
      <Button icon="plus" onClick={() => change([...items, blank(item)])}>
        {modules().add}
      </Button>
    </fieldset>
  );
}

/** Values by names that a person chooses. */
function Named({ name, schema, value, change }: Props) {
  const fields = (value ?? {}) as Fields;
  const item =
    typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  const [key, setKey] = useState('');
  if (!item) return null;
  return (
    <fieldset>
      <legend>{titleOf(schema, name)}</legend>
      {Object.entries(fields).map(([key, one]) => (
        <div class="item" key={key}>
          <SchemaField
            name={key}
            schema={{ ...item, title: key, 'x-titles': {} }}
            value={one}
            required
            change={(next) => change({ ...fields, [key]: next })}
          />
          <Button
            onClick={() =>
              change(Object.fromEntries(Object.entries(fields).filter(([other]) => other !== key)))
            }
          >
            {modules().removeItem}
          </Button>
        </div>
      ))}
      <div class="row">
        <input
          aria-label={modules().key}
          placeholder={modules().key}
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
        <Button
          icon="plus"
          disabled={key.trim() === '' || Object.hasOwn(fields, key.trim())}
          onClick={() => {
            change({ ...fields, [key.trim()]: blank(item) });
            setKey('');
          }}
        >
          {modules().add}
        </Button>
      </div>
    </fieldset>
  );
}

interface Difference {
  path: string;
  before: Json | undefined;
  after: Json | undefined;
}

/** What differs between two values, down to the single ones. */
export function differences(
  before: Json | undefined,
  after: Json | undefined,
  path = '',
): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isFields(before) && isFields(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      differences(before[key], after[key], path ? `${path}.${key}` : key),
    );
  }
  return [{ path, before, after }];
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
