import type { FieldError } from '../../../errors/domain.error.js';
import { AlertKind } from './alert-kind.js';
import type { GivenAlertSettings } from './alert-settings.js';

const TAKEN: readonly string[] = Object.values(AlertKind);

/** What only the whole of a rule can show. */
export function checkAlertSettings({ rules = [] }: GivenAlertSettings): FieldError[] {
  return rules.flatMap(({ name, above, below }, index) => {
    const error = (field: string, code: string, detail: string) => [
      { pointer: `/alerts/rules/${index}/${field}`, code, detail },
    ];
    if (TAKEN.includes(name)) return error('name', 'name_taken', `${name} is the name of a detector.`);
    if (above === undefined && below === undefined) return error('above', 'required', 'A rule needs above or below.');
    if (above !== undefined && below !== undefined && above <= below) {
      return error('above', 'out_of_range', 'Between below and above there must be values that are good.');
    }
    return [];
  });
}
