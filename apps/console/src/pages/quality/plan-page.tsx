import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Field } from '../../ui/field.tsx';
import { Instant } from '../../ui/instant.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import { drawSample, listPlans, QUALITY, setQuality, settingQuery, type Plan, type Setting } from './api.ts';
import { QualityTabs } from './quality-bits.tsx';

const SHARES = ['percent', 'minimum', 'secondPercent'] as const;
const MOST = { percent: 100, minimum: 1000, secondPercent: 100 } as const;
const LEAST = { percent: 1, minimum: 0, secondPercent: 0 } as const;

/** A person a line; the numbers under which that person collects behind a colon. */
const toText = (reviewers: Setting['reviewers']): string =>
  reviewers.map(({ person, collectorIds }) => [person, ...(collectorIds.length > 0 ? [collectorIds.join(' ')] : [])].join(': ')).join('\n');
const toReviewers = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [person = '', ids = ''] = line.split(/[:：]/);
      return { person: person.trim(), collectorIds: ids.split(/\s+/).filter((id) => id !== '') };
    });

function SettingForm({ setting }: { readonly setting: Setting }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const maySet = useMay('collections.setQuality');
  const [draft, setDraft] = useState({ percent: setting.percent, minimum: setting.minimum, secondPercent: setting.secondPercent });
  const [people, setPeople] = useState(toText(setting.reviewers));
  const save = useMutation({
    mutationFn: () => setQuality({ ...draft, reviewers: toReviewers(people) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: QUALITY }),
  });
  return (
    <Section title={t('quality.setting.title')}>
      {!setting.isSet && <p className="fb-soft fb-first">{t('quality.setting.notSet')}</p>}
      <div className="fb-halves">
        {SHARES.map((field) => (
          <Field key={field} label={t(`quality.setting.${field}`)}>
            {(ids) => (
              <InputNumber
                {...ids}
                min={LEAST[field]}
                max={MOST[field]}
                precision={0}
                disabled={!maySet}
                value={draft[field]}
                onChange={(value) => setDraft({ ...draft, [field]: value ?? LEAST[field] })}
              />
            )}
          </Field>
        ))}
      </div>
      <Field label={t('quality.setting.reviewers')} help={t('quality.setting.reviewersHelp')}>
        {(ids) => (
          <Input.TextArea {...ids} rows={4} disabled={!maySet} value={people} onChange={(event) => setPeople(event.target.value)} />
        )}
      </Field>
      {save.error && <ProblemAlert error={save.error} />}
      {maySet && (
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
          {t('quality.setting.save')}
        </Button>
      )}
    </Section>
  );
}

function Draw(): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [span, setSpan] = useState<{ from?: string; to?: string }>({});
  const [key, setKey] = useState(newKey);
  const draw = useMutation({
    mutationFn: ({ from, to }: { from: string; to: string }) => drawSample({ from, to }, key),
    onSuccess: async () => {
      setKey(newKey());
      await queries.invalidateQueries({ queryKey: QUALITY });
    },
  });
  const { from, to } = span;
  return (
    <Section title={t('quality.draw.title')}>
      <p className="fb-first">{t('quality.draw.help')}</p>
      <div className="fb-halves">
        {(['from', 'to'] as const).map((field) => (
          <Field key={field} label={t(`task.punctuality.${field}`)}>
            {(ids) => (
              <MomentInput
                {...ids}
                {...(span[field] !== undefined && { value: span[field] })}
                onChange={(value) => setSpan({ ...span, ...(value !== undefined && { [field]: value }) })}
              />
            )}
          </Field>
        ))}
      </div>
      {draw.error && <ProblemAlert error={draw.error} />}
      <Button disabled={!from || !to} loading={draw.isPending} onClick={() => from && to && draw.mutate({ from, to })}>
        {t('quality.draw.go')}
      </Button>
    </Section>
  );
}

/** What is drawn, by whom it is reviewed, and what was drawn. */
export function PlanPage(): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { data: setting, error } = useQuery(settingQuery);
  const nameOf = useAgencyName();
  const mayDraw = useMay('collections.drawQualitySample');
  const list = usePages([...QUALITY, 'plans'], listPlans);
  const columns: Column<Plan>[] = [
    { key: 'period', title: t('quality.plan.period'), onCard: 'head', render: ({ from, to }) => `${from} – ${to}` },
    {
      key: 'done',
      title: t('quality.plan.done'),
      align: 'end',
      onCard: 'corner',
      render: ({ drawn, finished }) => `${finished} / ${drawn}`,
    },
    {
      key: 'layers',
      title: t('quality.plan.layers'),
      render: ({ layers }) =>
        layers
          .map(({ agencyId, recordings, drawn }) => `${agencyId === null ? t('quality.bank') : nameOf(agencyId)} ${drawn}/${recordings}`)
          .join(t('common.listSeparator')),
    },
    { key: 'seed', title: t('quality.plan.seed'), render: ({ seed }) => <code>{seed.slice(0, 8)}</code> },
    {
      key: 'by',
      title: t('quality.plan.by'),
      render: ({ drawnBy, drawnAt }) => (
        <>
          {drawnBy.startsWith('system') ? t('common.person.system') : person(drawnBy)} <Instant at={drawnAt} timeZone={READER_ZONE} />
        </>
      ),
    },
  ];
  return (
    <>
      <PageHeader title={t('quality.tab.plans')} lead={t('quality.plan.lead')} />
      <QualityTabs />
      {error && <ProblemAlert error={error} />}
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      <div className="fb-columns">
        {setting && <SettingForm key={JSON.stringify(setting)} setting={setting} />}
        {mayDraw && <Draw />}
      </div>
      <DataTable
        label={t('quality.tab.plans')}
        columns={columns}
        rows={list.items}
        rowKey={({ id }) => id}
        isLoading={list.isLoading}
        empty={{ title: t('quality.plan.empty'), help: t('quality.plan.emptyHelp') }}
      />
      <MoreRows {...list.more} />
    </>
  );
}
