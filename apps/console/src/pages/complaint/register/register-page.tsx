import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { asProblem } from '../../../api/problem.ts';
import { placeErrors } from '../../../ui/field-errors.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { registerComplaint } from '../api.ts';
import '../complaint.css';
import { useKeyFor } from '../use-key.ts';
import { prefillOf, REGISTER_FIELDS, toComplaint, type RegisterDraft } from './draft.ts';
import { KnownPanel } from '../intake/known-panel.tsx';
import { AgainstPart, WhatPart, ZONE } from './form-parts.tsx';
import { ForwardedPart, WhoPart } from './who-part.tsx';

/** The form of a new complaint; from a refused contact its account comes along. */
export function RegisterPage(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [search] = useSearchParams();
  const prefill = useMemo(() => prefillOf(search), [search]);
  const [form] = Form.useForm<RegisterDraft>();
  const draft = (Form.useWatch([], form) as RegisterDraft | undefined) ?? prefill.draft;
  const keyFor = useKeyFor();
  const register = useMutation({
    mutationFn: (values: RegisterDraft) => {
      const body = toComplaint(values, ZONE);
      return registerComplaint(body, keyFor(body));
    },
    onSuccess: async (complaint) => {
      await queries.invalidateQueries({ queryKey: ['complaints'] });
      void message.success(t('complaint.register.done', { number: complaint.number }));
      await navigate(`/complaints/${complaint.id}`);
    },
    onError: (error) => {
      const { fields } = placeErrors(asProblem(error), REGISTER_FIELDS);
      form.setFields(fields.map((field) => ({ name: field.name as never, errors: field.errors })));
      const first = fields[0];
      if (first) form.scrollToField(first.name, { focus: true, block: 'center' });
    },
  });
  const placed = register.error ? placeErrors(asProblem(register.error), REGISTER_FIELDS) : null;
  const isAllPlaced = placed !== null && placed.fields.length > 0 && placed.rest.length === 0;
  return (
    <>
      <PageHeader
        title={t('complaint.register.title')}
        lead={t('complaint.register.lead')}
        back={{ to: '/complaints', label: t('complaint.register.cancel') }}
      />
      {prefill.isFromContact && <Alert className="fb-problem" type="info" showIcon title={t('complaint.register.prefilled')} />}
      {isAllPlaced && (
        <Alert
          className="fb-problem"
          type="error"
          showIcon
          role="alert"
          title={t('complaint.register.errors', { count: placed.fields.length })}
        />
      )}
      {register.error && !isAllPlaced && <ProblemAlert error={register.error} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={prefill.draft}
        onFinish={(values) => register.mutate(values)}
        scrollToFirstError={{ focus: true, block: 'center' }}
        className="fb-register"
      >
        <WhoPart kind={draft.kind ?? 'self'} />
        <KnownPanel
          draft={draft}
          onTake={({ caseId, agencyId }) => form.setFieldsValue({ account: caseId, against: { agencyId: agencyId ?? undefined } })}
        />
        <WhatPart />
        <ForwardedPart draft={draft} />
        <AgainstPart draft={draft} />
        <div className="fb-form-foot">
          <Button type="primary" htmlType="submit" size="large" loading={register.isPending}>
            {t('complaint.register.submit')}
          </Button>
        </div>
      </Form>
    </>
  );
}
