import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ScreeningView } from '../../api/models.ts';
import { useSession } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { UploadDrop } from '../../ui/upload-drop.tsx';
import { useUpload } from '../../ui/use-upload.ts';
import { PURPOSES } from '../case/queries.ts';
import { useKeyFor } from '../complaint/use-key.ts';
import { createScreening, SCREENINGS } from './api.ts';
import { CASE_STATES, CHANNELS, isMessage, MODES, POINT_CHOICES, requestOf, START, WHICH, type Question } from './question.ts';
import './screening.css';

interface PartProps {
  readonly question: Question;
  readonly onChange: (change: Partial<Question>) => void;
}

function Filters({ question, onChange }: PartProps): ReactNode {
  const { t } = useTranslation();
  const { agencyId } = useSession();
  const texts = (['agencyId', 'product', 'debtorId'] as const).filter((name) => name !== 'agencyId' || agencyId === null);
  return (
    <div className="fb-ask-fields">
      {texts.map((name) => (
        <Field key={name} label={t(`screening.form.${name}`)}>
          {(ids) => (
            <Input
              {...ids}
              allowClear
              maxLength={200}
              value={question[name]}
              onChange={({ target }) => onChange({ [name]: target.value })}
            />
          )}
        </Field>
      ))}
      <Field label={t('screening.form.state')}>
        {(ids) => (
          <Select
            {...ids}
            className="fb-full"
            value={question.state}
            onChange={(state) => onChange({ state })}
            options={[
              { value: '' as const, label: t('common.all') },
              ...CASE_STATES.map((value) => ({ value, label: t(`cases.state.${value}`) })),
            ]}
          />
        )}
      </Field>
    </div>
  );
}

/** What only some channels ask for. */
function OfChannel({ question, onChange }: PartProps): ReactNode {
  const { t } = useTranslation();
  if (question.channel === 'voice') {
    return (
      <Field label={t('screening.form.mode')}>
        {(ids) => (
          <Select
            {...ids}
            className="fb-full"
            value={question.mode}
            onChange={(mode) => onChange({ mode })}
            options={MODES.map((value) => ({ value, label: t(`screening.form.modes.${value}`) }))}
          />
        )}
      </Field>
    );
  }
  if (isMessage(question.channel)) {
    return (
      <Field label={t('screening.form.template')} help={t('screening.form.templateHelp')}>
        {(ids) => (
          <Input {...ids} maxLength={200} value={question.templateId} onChange={({ target }) => onChange({ templateId: target.value })} />
        )}
      </Field>
    );
  }
  return (
    <Field label={t('screening.form.collectors')} help={t('screening.form.collectorsHelp')}>
      {(ids) => (
        <Select
          {...ids}
          mode="tags"
          className="fb-full"
          open={false}
          suffixIcon={null}
          maxCount={20}
          tokenSeparators={[',', ' ']}
          value={[...question.collectorIds]}
          onChange={(collectorIds) => onChange({ collectorIds })}
        />
      )}
    </Field>
  );
}

function How({ question, onChange }: PartProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="fb-ask-fields">
      <Field label={t('screening.form.channel')}>
        {(ids) => (
          <Select
            {...ids}
            className="fb-full"
            value={question.channel}
            onChange={(channel) => onChange({ channel })}
            options={CHANNELS.map((value) => ({ value, label: t(`contact.channel.${value}`) }))}
          />
        )}
      </Field>
      <OfChannel question={question} onChange={onChange} />
      <Field label={t('screening.form.purpose')}>
        {(ids) => (
          <Select
            {...ids}
            className="fb-full"
            value={question.purpose}
            onChange={(purpose) => onChange({ purpose })}
            options={PURPOSES.map((value) => ({ value, label: t(`contact.purpose.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('screening.form.points')}>
        {(ids) => (
          <Select
            {...ids}
            className="fb-full"
            value={question.pointChoice}
            onChange={(pointChoice) => onChange({ pointChoice })}
            options={POINT_CHOICES.map((value) => ({ value, label: t(`screening.form.pointOption.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('screening.form.at')} help={t('screening.form.atHelp')}>
        {({ id }) => (
          <MomentInput
            id={id}
            withTime
            placeholder={t('screening.form.atPlaceholder')}
            {...(question.at !== '' && { value: question.at })}
            onChange={(at) => onChange({ at: at ?? '' })}
          />
        )}
      </Field>
      <Field label={t('screening.form.name')}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={200}
            placeholder={t('screening.form.namePlaceholder')}
            value={question.name}
            onChange={({ target }) => onChange({ name: target.value })}
          />
        )}
      </Field>
    </div>
  );
}

/** What is to be screened, and how. */
export function AskForm(): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const queries = useQueryClient();
  const keyFor = useKeyFor();
  const [question, setQuestion] = useState<Question>(START);
  const [file, setFile] = useState<File | null>(null);
  const uploading = useUpload<ScreeningView>('/api/collections/v1/screenings');
  const onChange = (change: Partial<Question>): void => setQuestion((before) => ({ ...before, ...change }));
  const start = useMutation({
    mutationFn: async () => {
      const body = requestOf(question);
      if (question.which !== 'list') return createScreening(body, keyFor(body));
      return file === null ? null : uploading.send(file, { request: JSON.stringify(body) });
    },
    onSuccess: async (made) => {
      if (made === null) return;
      await queries.invalidateQueries({ queryKey: SCREENINGS });
      await go(`/screenings/${made.id}`);
    },
  });
  const error = start.error ?? uploading.problem;
  return (
    <Section title={t('screening.form.title')}>
      <div className="fb-field">
        <Choice
          label={t('screening.form.which')}
          value={question.which}
          onChange={(which) => onChange({ which })}
          options={WHICH.map((value) => ({ value, label: t(`screening.form.whichOption.${value}`) }))}
        />
      </div>
      {question.which === 'filter' && <Filters question={question} onChange={onChange} />}
      {question.which === 'list' && (
        <div className="fb-field">
          <UploadDrop
            accept={['.csv', '.xlsx']}
            file={file}
            progress={uploading.progress}
            onStop={uploading.stop}
            onFile={(chosen) => {
              uploading.forget();
              setFile(chosen);
            }}
          />
          <p className="fb-hint">{t('screening.form.listHelp')}</p>
        </div>
      )}
      <How question={question} onChange={onChange} />
      {error && <ProblemAlert error={error} />}
      <div className="fb-upload-buttons">
        <Button
          type="primary"
          loading={start.isPending}
          disabled={question.which === 'list' && file === null}
          onClick={() => start.mutate()}
        >
          {start.isPending ? t('screening.form.starting') : t('screening.form.start')}
        </Button>
      </div>
    </Section>
  );
}
