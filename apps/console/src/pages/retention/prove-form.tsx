import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/field.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { proveDestruction, type Run } from './api.ts';
import type { Service } from '../../api/service.ts';

const UUID_LENGTH = 36;

/** Whether a record of a known id was among what was destroyed. */
export function ProveForm({ service, run }: { readonly service: Service; readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const kinds = (run.destroyed ?? []).filter(({ destroyed }) => destroyed > 0).map(({ kind }) => kind);
  const [kind, setKind] = useState(kinds[0]);
  const [id, setId] = useState('');
  const prove = useMutation({ mutationFn: () => proveDestruction(service, run.id, kind ?? '', id.trim()) });
  if (kind === undefined) return null;
  return (
    <Section title={t('retention.prove')}>
      <Field label={t('retention.kind')}>
        {(ids) => (
          <Select
            {...ids}
            value={kind}
            onChange={setKind}
            options={kinds.map((value) => ({ value, label: value }))}
            className="fb-retention-kind"
          />
        )}
      </Field>
      <Field label={t('retention.recordId')}>
        {(ids) => <Input {...ids} value={id} maxLength={UUID_LENGTH} onChange={({ target }) => setId(target.value)} />}
      </Field>
      <Button disabled={id.trim().length < UUID_LENGTH} loading={prove.isPending} onClick={() => prove.mutate()}>
        {t('retention.check')}
      </Button>
      {prove.error && <ProblemAlert error={prove.error} />}
      {prove.data && (
        <Alert
          type="success"
          showIcon
          title={t('retention.included', {
            batch: prove.data.batch.n,
            place: prove.data.place + 1,
            record: prove.data.batch.evidenceRecord ?? t('retention.none'),
          })}
        />
      )}
    </Section>
  );
}
