import type { FormInstance } from 'antd';
import { asProblem } from '../api/problem.ts';
import { placeErrors } from './field-errors.ts';

/** Says at the fields of a form what a problem says of them. `rename`: where the request calls them otherwise, pointer by pointer. */
export function useFieldErrors<Values>(form: FormInstance<Values>, rename: Readonly<Record<string, string>> = {}): (error: Error) => void {
  return (error) => {
    const { errors } = asProblem(error);
    const named = errors.map((one) => ({ ...one, pointer: rename[one.pointer] ?? one.pointer }));
    const known = form.getFieldsError().map(({ name }) => [...name] as (string | number)[]);
    form.setFields(placeErrors({ errors: named }, known).fields as never);
  };
}
