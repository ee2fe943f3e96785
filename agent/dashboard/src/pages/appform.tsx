/** What an app asks for, as a form. */
import { Field } from '../ui';
import { ofBrowsers } from '../ui/schema';
import { apps } from './apps.lang';

export interface AppField {
  name: string;
  type: string;
  label: string;
  required: boolean;
  help?: string;
  default?: string;
  max_length?: number;
  min_length?: number;
  pattern?: string;
  min?: number;
  max?: number;
  options?: { value: string; label: string }[];
}

/** What was filled in, by field; what is empty is left out. */
export function filledIn(form: HTMLFormElement, fields: AppField[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const field of fields) {
    const control = form.elements.namedItem(`field.${field.name}`) as HTMLInputElement;
    const value = field.type === 'boolean' ? String(control.checked) : control.value;
    if (value !== '') values[field.name] = value;
  }
  return values;
}

export function AppControl({ field }: { field: AppField }) {
  const name = `field.${field.name}`;
  if (field.type === 'boolean') {
    return (
      <label class="tick field">
        <input type="checkbox" name={name} defaultChecked={field.default === 'true'} />
        {field.label}
      </label>
    );
  }
  const made = field.type === 'secret';
  const hint = [field.help, made && apps().generated].filter(Boolean).join(' ');
  return (
    <Field label={field.label} hint={hint}>
      {field.options ? (
        <select name={name} required={field.required}>
          {field.options.map((option) => (
            <option value={option.value} selected={option.value === field.default}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          name={name}
          type={
            made || field.type === 'password'
              ? 'password'
              : field.type === 'integer'
                ? 'number'
                : 'text'
          }
          autocomplete={made || field.type === 'password' ? 'new-password' : 'off'}
          required={field.required && !made}
          defaultValue={field.default ?? ''}
          minLength={field.min_length}
          maxLength={field.max_length}
          pattern={ofBrowsers(field.pattern)}
          {...(field.type === 'integer' ? { min: field.min, max: field.max } : {})}
        />
      )}
    </Field>
  );
}
