import { Alert, type FormInstance } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem.ts';
import { placeErrors, type FieldPath, type PlacedErrors } from './field-errors.ts';
import { ProblemAlert } from './problem-alert.tsx';

export interface FormProblemProps {
  readonly form: FormInstance;
  readonly error: unknown;
}

const placed = ({ form, error }: FormProblemProps): PlacedErrors =>
  placeErrors(
    asProblem(error),
    form.getFieldsError().map(({ name }) => name as FieldPath),
  );

/** What a form was refused with: at the fields that it is about, and below the form what no field stands for. */
export function FormProblem({ form, error }: FormProblemProps): ReactNode {
  const { t } = useTranslation();
  useEffect(() => {
    if (error === null) return;
    const { fields } = placed({ form, error });
    form.setFields(fields as never);
    const [first] = fields;
    if (first) form.scrollToField(first.name, { focus: true, block: 'center' });
  }, [form, error]);
  if (error === null) return null;
  const { fields, rest } = placed({ form, error });
  if (fields.length === 0 || rest.length > 0) return <ProblemAlert error={error} />;
  return <Alert className="fb-problem" type="error" showIcon role="alert" title={t('common.problem.invalid.help')} />;
}
