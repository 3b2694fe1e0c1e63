import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { newKey } from '../../api/client.ts';
import { may, useSession } from '../../session/session.ts';
import { useLanguage } from '../../i18n/index.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import {
  AUDIENCES,
  createReport,
  DOSSIER,
  FORMATS,
  KIND_NAMES,
  KINDS,
  PDF_LANGUAGES,
  type Audience,
  type Format,
  type NewReport,
  type PdfLanguage,
} from './api.ts';
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

interface CaseFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function CaseField({ value, onChange }: CaseFieldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="fb-report-field">
      <Field label={t('report.case')} help={t('report.caseHelp')}>
        {(ids) => <Input {...ids} value={value} maxLength={100} onChange={(event) => onChange(event.target.value)} />}
      </Field>
    </div>
  );
}

interface FormatsFieldProps {
  readonly value: readonly Format[];
  readonly onChange: (formats: readonly Format[]) => void;
}

export function FormatsField({ value, onChange }: FormatsFieldProps): ReactNode {
  const { t } = useTranslation();
  return (
    <fieldset className="fb-report-field">
      <legend className="fb-report-label">{t('report.formats')}</legend>
      <Checkbox.Group
        value={[...value]}
        options={FORMATS.map((format) => ({ value: format, label: t(`report.format.${format}`) }))}
        onChange={onChange}
      />
      {value.length === 0 && <Alert type="warning" showIcon role="alert" title={t('report.formatRequired')} />}
    </fieldset>
  );
}

interface OneOfProps<Value extends string> {
  readonly label: string;
  readonly help?: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

function OneOf<Value extends string>({ help, ...choice }: OneOfProps<Value>): ReactNode {
  return (
    <div className="fb-report-field">
      <span className="fb-report-label">{choice.label}</span>
      <Choice {...choice} />
      {help && <p className="fb-soft fb-report-period">{help}</p>}
    </div>
  );
}

type Draft = Omit<NewReport, 'period'>;

/** What is asked for besides the period. The address may name kind and case: other pages lead here. */
function useDraft(): [Draft | null, (changed: Partial<Draft>) => void, readonly Draft['kind'][]] {
  const session = useSession();
  const language = useLanguage();
  const [search] = useSearchParams();
  const kinds = KIND_NAMES.filter((kind) => may(session, KINDS[kind].needs));
  const kind = kinds.find((one) => one === search.get('kind')) ?? kinds[0];
  const [draft, setDraft] = useState<Draft | null>(() =>
    kind === undefined ? null : { kind, formats: FORMATS, audience: 'internal', language, subject: search.get('case') ?? '' },
  );
  return [draft, (changed) => setDraft((before) => before && { ...before, ...changed }), kinds];
}

/** Without what the kind does not take. */
function toAsk({ subject = '', ...draft }: Draft, period: Period): NewReport {
  return draft.kind === DOSSIER ? { ...draft, period, audience: 'internal', subject: subject.trim() } : { ...draft, period };
}

/** What is asked for: a kind that the role may have made, a period, formats, for whom. */
export function CreateForm({ today }: { readonly today: string }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [draft, change, kinds] = useDraft();
  const [preset, setPreset] = useState<Preset | 'custom'>('last-month');
  const [custom, setCustom] = useState<Partial<Period>>(() => periodOf('last-month', today));
  const create = useMutation({
    mutationFn: (report: NewReport) => createReport(report, newKey()),
    onSuccess: async ({ service, id }) => {
      await queries.invalidateQueries({ queryKey: ['reports'] });
      await navigate(`/reports/${service}/${id}`);
    },
  });
  if (draft === null) return null;
  const { kind, formats, audience, language, subject = '' } = draft;
  const isDossier = kind === DOSSIER;
  const { from, to } = preset === 'custom' ? custom : periodOf(preset, today);
  const isReady = from !== undefined && to !== undefined && from <= to && formats.length > 0 && (!isDossier || subject.trim() !== '');
  return (
    <Section title={t('report.create')}>
      {create.error && <ProblemAlert error={create.error} />}
      <OneOf
        label={t('report.kind')}
        help={t(`report.kindHelp.${kind}`)}
        value={kind}
        onChange={(value) => change({ kind: value })}
        options={kinds.map((value) => ({ value, label: t(`report.kindName.${value}`) }))}
      />
      {isDossier && <CaseField value={subject} onChange={(value) => change({ subject: value })} />}
      <PeriodFields preset={preset} period={{ from, to }} today={today} onPreset={setPreset} onPeriod={setCustom} />
      <FormatsField value={formats} onChange={(value) => change({ formats: value })} />
      {!isDossier && (
        <OneOf<Audience>
          label={t('report.audience.label')}
          help={t(`report.audience.${audience}Help`)}
          value={audience}
          onChange={(value) => change({ audience: value })}
          options={AUDIENCES.map((value) => ({ value, label: t(`report.audience.${value}`) }))}
        />
      )}
      <OneOf<PdfLanguage>
        label={t('report.language.label')}
        value={language}
        onChange={(value) => change({ language: value })}
        options={PDF_LANGUAGES.map((value) => ({ value, label: t(`report.language.${value}`) }))}
      />
      <Button
        type="primary"
        disabled={!isReady}
        loading={create.isPending}
        onClick={() => from && to && create.mutate(toAsk(draft, { from, to }))}
      >
        {t('report.submit')}
      </Button>
    </Section>
  );
}
