import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { newKey } from '../../api/client.ts';
import { may, useSession } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { createReport, FORMATS, KIND_NAMES, KINDS, type Format, type NewReport } from './api.ts';
import { periodOf, PRESETS, type Period, type Preset } from './period.ts';

interface PeriodFieldsProps {
  readonly preset: Preset | 'custom';
  readonly period: Partial<Period>;
  readonly today: string;
  readonly onPreset: (preset: Preset | 'custom') => void;
  readonly onPeriod: (period: Partial<Period>) => void;
}

function PeriodFields({ preset, period, today, onPreset, onPeriod }: PeriodFieldsProps): ReactNode {
  const { t } = useTranslation();
  const from = useId();
  const to = useId();
  const label = t('report.period');
  return (
    <div className="fb-report-field">
      <span className="fb-report-label">{label}</span>
      <Choice
        label={label}
        value={preset}
        onChange={onPreset}
        options={[...PRESETS, 'custom' as const].map((value) => ({ value, label: t(`report.preset.${value}`) }))}
      />
      {preset === 'custom' ? (
        <div className="fb-row">
          <label htmlFor={from}>{t('report.from')}</label>
          <div>
            <MomentInput id={from} value={period.from} max={today} onChange={(value) => onPeriod({ ...period, from: value })} />
          </div>
          <label htmlFor={to}>{t('report.to')}</label>
          <div>
            <MomentInput id={to} value={period.to} min={period.from} max={today} onChange={(value) => onPeriod({ ...period, to: value })} />
          </div>
        </div>
      ) : (
        <p className="fb-soft fb-report-period">
          {period.from} – {period.to}
        </p>
      )}
    </div>
  );
}

/** What is asked for: a kind that the role may have made, a period, formats. */
export function CreateForm({ today }: { readonly today: string }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const kinds = KIND_NAMES.filter((kind) => may(session, KINDS[kind].needs));
  const [kind, setKind] = useState(kinds[0]);
  const [preset, setPreset] = useState<Preset | 'custom'>('last-month');
  const [custom, setCustom] = useState<Partial<Period>>(() => periodOf('last-month', today));
  const [formats, setFormats] = useState<readonly Format[]>(FORMATS);
  const create = useMutation({
    mutationFn: (report: NewReport) => createReport(report, newKey()),
    onSuccess: async ({ service, id }) => {
      await queries.invalidateQueries({ queryKey: ['reports'] });
      await navigate(`/reports/${service}/${id}`);
    },
  });
  if (kind === undefined) return null;
  const { from, to } = preset === 'custom' ? custom : periodOf(preset, today);
  const isReady = from !== undefined && to !== undefined && from <= to && formats.length > 0;
  return (
    <Section title={t('report.create')}>
      {create.error && <ProblemAlert error={create.error} />}
      <div className="fb-report-field">
        <span className="fb-report-label">{t('report.kind')}</span>
        <Choice
          label={t('report.kind')}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`report.kindName.${value}`) }))}
        />
        <p className="fb-soft fb-report-period">{t(`report.kindHelp.${kind}`)}</p>
      </div>
      <PeriodFields preset={preset} period={{ from, to }} today={today} onPreset={setPreset} onPeriod={setCustom} />
      <fieldset className="fb-report-field">
        <legend className="fb-report-label">{t('report.formats')}</legend>
        <Checkbox.Group
          value={[...formats]}
          options={FORMATS.map((value) => ({ value, label: t(`report.format.${value}`) }))}
          onChange={setFormats}
        />
        {formats.length === 0 && <Alert type="warning" showIcon role="alert" title={t('report.formatRequired')} />}
      </fieldset>
      <Button
        type="primary"
        disabled={!isReady}
        loading={create.isPending}
        onClick={() => from && to && create.mutate({ kind, period: { from, to }, formats })}
      >
        {t('report.submit')}
      </Button>
    </Section>
  );
}
