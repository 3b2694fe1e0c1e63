import { useMutation } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { collections, newKey, take } from '../../api/client.ts';
import type { CaseView } from '../../api/models.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { Verdict } from '../case/verdict.tsx';

interface Fields {
  readonly point: string;
  readonly collectorIds: string[];
}

/** A visit is asked for like a call; two collectors at least go. */
export function PlanVisit({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const points = found.parties.flatMap((party) =>
    party.contactPoints.filter(({ channel }) => channel === 'letter' || channel === 'visit').map((point) => ({ party, point })),
  );
  const plan = useMutation({
    mutationFn: ({ point, collectorIds }: Fields) => {
      const chosen = points.find((one) => one.point.id === point);
      const body = { caseId: found.caseId, partyId: chosen?.party.id ?? '', contactPointId: point, collectorIds };
      return take(collections.POST('/v1/visits', { body, params: { header: { 'Idempotency-Key': newKey() } } }));
    },
    onSuccess: ({ visit }) => {
      if (visit) void go(`/visits/${visit.id}`);
    },
  });
  return (
    <Section title={t('visit.plan')}>
      {points.length === 0 ? (
        <p className="fb-soft fb-first">{t('visit.noAddress')}</p>
      ) : (
        <Form<Fields>
          layout="vertical"
          onFinish={(fields) => plan.mutate(fields)}
          initialValues={{ point: points[0]?.point.id, collectorIds: [] }}
        >
          <Form.Item name="point" label={t('visit.address')}>
            <Select options={points.map(({ party, point }) => ({ value: point.id, label: `${party.name} · ${point.value}` }))} />
          </Form.Item>
          <Form.Item name="collectorIds" label={t('contact.ask.collectors')} extra={t('contact.ask.collectorsHelp')}>
            <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} />
          </Form.Item>
          <Button htmlType="submit" loading={plan.isPending}>
            {t('visit.ask')}
          </Button>
          {plan.error && <ProblemAlert error={plan.error} />}
          {plan.data?.visit === null && <Verdict answer={{ ...plan.data, verdict: 'refused', mustEndBy: null, packs: [] }} />}
        </Form>
      )}
    </Section>
  );
}
