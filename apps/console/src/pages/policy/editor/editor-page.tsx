import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker, useNavigate, useParams, useSearchParams } from 'react-router';
import { asProblem } from '../../../api/problem.ts';
import { useLanguage } from '../../../i18n/index.ts';
import { useSession } from '../../../session/session.ts';
import { PageLoading } from '../../../shell/page-loading.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { draftQuery, inForceQuery } from '../api.ts';
import { DiffSection } from '../diff.tsx';
import { stepsFor } from '../draft-steps.ts';
import '../policy.css';
import './editor.css';
import type { Draft } from '../wire.ts';
import { About, Packs } from './about.tsx';
import { Dates } from './dates.tsx';
import { formOf, type DraftForm } from './form.ts';
import { Own } from './own.tsx';
import { Tighten } from './tighten.tsx';
import { useDraftForm, type DraftFormState } from './use-draft-form.ts';

/** Brings what is to be corrected into view, once it is marked. */
function showFirstError(): void {
  requestAnimationFrame(() => document.querySelector('.fb-editor :is(.fb-field-error, .fb-problem)')?.scrollIntoView({ block: 'center' }));
}

function SaveBar({
  state,
  draft,
  onDone,
}: {
  readonly state: DraftFormState;
  readonly draft: Draft | null;
  readonly onDone: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { isChanged, isSaving, isStrict } = state;
  const go = useNavigate();
  const save = async (): Promise<void> => {
    const kept = await state.save();
    if (kept === null) showFirstError();
    if (kept && draft === null) await go(`/policy/drafts/${kept.id}/edit`, { replace: true, state: { saved: true } });
  };
  return (
    <div className="fb-save-bar">
      <span role="status" className={isStrict ? 'fb-field-error' : 'fb-soft'}>
        {isStrict
          ? t('policyEditor.fix')
          : isChanged
            ? t('policyEditor.unsaved')
            : draft && t('policyEditor.saved', { revision: draft.revision })}
      </span>
      <Button onClick={onDone}>{t('policyEditor.done')}</Button>
      <Button type="primary" loading={isSaving} disabled={!isChanged} onClick={() => void save()}>
        {isSaving ? t('policyEditor.saving') : t('policyEditor.save')}
      </Button>
    </div>
  );
}

function Refused({ error }: { readonly error: Error }): ReactNode {
  const { t } = useTranslation();
  if (asProblem(error).status !== 409) return <ProblemAlert error={error} />;
  return (
    <Alert
      className="fb-problem"
      type="error"
      showIcon
      title={t('policyEditor.conflict')}
      description={t('policyEditor.conflictHelp')}
      action={<Button onClick={() => globalThis.location.reload()}>{t('policyEditor.reload')}</Button>}
    />
  );
}

/** Asks before what is not saved is left behind. */
function Leaving({ isChanged }: { readonly isChanged: boolean }): ReactNode {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isChanged && currentLocation.pathname !== nextLocation.pathname && nextLocation.state?.saved !== true,
  );
  return (
    <Modal
      open={blocker.state === 'blocked'}
      title={t('policyEditor.leave')}
      okText={t('policyEditor.go')}
      cancelText={t('policyEditor.stay')}
      onOk={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    />
  );
}

function Editor({ start, draft }: { readonly start: DraftForm; readonly draft: Draft | null }): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const state = useDraftForm(start, draft);
  const part = { form: state.form, onChange: state.change, looser: state.looser, isStrict: state.isStrict };
  const done = async (): Promise<void> => {
    const kept = state.isChanged ? await state.save() : draft;
    if (kept === null) showFirstError();
    if (kept) await go(`/policy/drafts/${kept.id}`, { state: { saved: true } });
  };
  const back = draft === null ? '/policy/drafts' : `/policy/drafts/${draft.id}`;
  return (
    <>
      <PageHeader
        title={draft === null ? t('policyEditor.newTitle') : t('policyEditor.editTitle')}
        lead={t('policyEditor.lead')}
        back={{ to: back, label: t('policyEditor.back') }}
      />
      <div className="fb-columns fb-editor">
        <div>
          <About {...part} />
          <Packs {...part} />
          <Tighten {...part} />
          <Dates {...part} />
          <Own {...part} />
        </div>
        <div className="fb-editor-side">
          {state.error && <Refused error={state.error} />}
          {draft === null ? (
            <Section title={t('policyDraft.diff.title')}>
              <p className="fb-soft fb-first">{t('policyEditor.firstSave')}</p>
            </Section>
          ) : (
            <DiffSection draft={draft} />
          )}
        </div>
      </div>
      <SaveBar state={state} draft={draft} onDone={() => void done()} />
      <Leaving isChanged={state.isChanged && draft !== null} />
    </>
  );
}

/** A new draft: it begins with what is in force for the product, or with another draft. */
export function NewDraftPage(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search] = useSearchParams();
  const from = search.get('from');
  const inForce = useQuery({ ...inForceQuery(search.get('product'), null, language), enabled: from === null, staleTime: Infinity });
  const other = useQuery({ ...draftQuery(from ?? '', language), enabled: from !== null, staleTime: Infinity });
  const { data, error, refetch } = from === null ? inForce : other;
  const product = search.get('product');
  if (error) {
    return (
      <>
        <PageHeader title={t('policyEditor.newTitle')} back={{ to: '/policy/drafts', label: t('policyEditor.back') }} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!data) return <PageLoading />;
  return <Editor start={from === null ? { ...formOf(data), product: product ?? '', note: '' } : formOf(data)} draft={null} />;
}

/** A draft that is not submitted yet, for its author. */
export function EditDraftPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const session = useSession();
  const { data: draft, error, refetch } = useQuery(draftQuery(id, useLanguage()));
  const back = { to: `/policy/drafts/${id}`, label: t('policyEditor.back') };
  if (draft && stepsFor(draft, session).includes('edit')) return <Editor key={draft.id} start={formOf(draft)} draft={draft} />;
  if (!draft && !error) return <PageLoading />;
  return (
    <>
      <PageHeader title={t('policyEditor.editTitle')} back={back} />
      {error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <Empty title={t('policyEditor.notEditable')} help={t('policyEditor.notEditableHelp')} />
      )}
    </>
  );
}
