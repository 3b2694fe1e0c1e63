import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { collections, take } from '../../api/client.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { StateTag, type Tone } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { inspectionQuery, keyed, useChange, type InspectionView } from './api.ts';
import { InspectionState } from './bits.tsx';
import { Files } from './files.tsx';
import { AddFinding } from './finding-form.tsx';
import { FindingCard } from './finding-card.tsx';
import './oversight.css';

type Item = InspectionView['items'][number];
type Answer = InspectionView['answers'][number]['answer'];
const ANSWERS: readonly Answer[] = ['ok', 'finding', 'not-applicable'];
const ANSWER_TONES: Readonly<Record<Answer, Tone>> = { ok: 'good', finding: 'bad', 'not-applicable': 'quiet' };

interface FoundProps {
  readonly found: InspectionView;
}

function ItemLine({
  found,
  item,
  isOpen,
  onFinding,
}: FoundProps & { readonly item: Item; readonly isOpen: boolean; readonly onFinding: () => void }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const given = found.answers.find(({ itemId }) => itemId === item.itemId);
  const [note, setNote] = useState(given?.note ?? '');
  const save = useChange((answer: Answer) =>
    take(
      collections.PUT('/v1/inspections/{id}/answers', {
        params: { path: { id: found.id } },
        body: { answers: [{ itemId: item.itemId, answer, note: note.trim() === '' ? null : note.trim() }] },
      }),
    ),
  );
  return (
    <li>
      <p className="fb-first">
        {language === 'zh' ? item.zh : item.en} <span className="fb-soft">{item.sources.join(t('common.listSeparator'))}</span>
      </p>
      {isOpen ? (
        <div className="fb-row">
          <Segmented
            aria-label={t('oversight.inspection.answer')}
            disabled={save.isPending}
            value={given?.answer ?? ''}
            options={ANSWERS.map((value) => ({ value, label: t(`oversight.answer.${value}`) }))}
            onChange={(value) => {
              const answer = ANSWERS.find((one) => one === value);
              if (answer === 'finding') onFinding();
              else if (answer) save.mutate(answer);
            }}
          />
          <Input
            className="fb-item-note"
            aria-label={t('oversight.inspection.note')}
            placeholder={t('oversight.inspection.note')}
            maxLength={4000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            onBlur={() => given && note !== (given.note ?? '') && save.mutate(given.answer)}
          />
        </div>
      ) : (
        found.state !== 'planned' && (
          <p className="fb-row">
            {given ? (
              <StateTag tone={ANSWER_TONES[given.answer]}>{t(`oversight.answer.${given.answer}`)}</StateTag>
            ) : (
              t('oversight.inspection.unanswered')
            )}
            {given?.note && <span className="fb-soft">{given.note}</span>}
          </p>
        )
      )}
      {save.error && <ProblemAlert error={save.error} />}
    </li>
  );
}

function Steps({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'complete' | 'cancel' | null>(null);
  const params = (key: string) => ({ ...keyed(key), path: { id: found.id } });
  const begin = useChange((_: null, key) => take(collections.POST('/v1/inspections/{id}/beginning', { params: params(key) })));
  const complete = useChange(
    (summary: string, key) => take(collections.POST('/v1/inspections/{id}/completion', { params: params(key), body: { summary } })),
    () => setDialog(null),
  );
  const cancel = useChange(
    (reason: string, key) => take(collections.POST('/v1/inspections/{id}/cancellation', { params: params(key), body: { reason } })),
    () => setDialog(null),
  );
  const close = (): void => setDialog(null);
  return (
    <>
      {found.state === 'planned' && (
        <>
          <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate(null)}>
            {t('oversight.inspection.begin')}
          </Button>
          <Button onClick={() => setDialog('cancel')}>{t('oversight.inspection.cancel')}</Button>
        </>
      )}
      {found.state === 'under-way' && (
        <Button type="primary" onClick={() => setDialog('complete')}>
          {t('oversight.inspection.complete')}
        </Button>
      )}
      {begin.error && (
        <Modal open footer={null} onCancel={() => begin.reset()}>
          <ProblemAlert error={begin.error} />
        </Modal>
      )}
      {dialog === 'complete' && (
        <ReasonDialog
          title={t('oversight.inspection.complete')}
          help={t('oversight.inspection.completeHelp')}
          label={t('oversight.inspection.summary')}
          needed={t('oversight.needWords')}
          confirm={t('oversight.inspection.complete')}
          isSending={complete.isPending}
          error={complete.error}
          onSend={complete.mutate}
          onClose={close}
        />
      )}
      {dialog === 'cancel' && (
        <ReasonDialog
          title={t('oversight.inspection.cancel')}
          label={t('oversight.reason')}
          needed={t('oversight.needWords')}
          confirm={t('oversight.inspection.cancel')}
          isDanger
          isSending={cancel.isPending}
          error={cancel.error}
          onSend={cancel.mutate}
          onClose={close}
        />
      )}
    </>
  );
}

function Checklist({ found, isOpen }: FoundProps & { readonly isOpen: boolean }): ReactNode {
  const { t } = useTranslation();
  const [finding, setFinding] = useState<string | null>(null);
  const answered = found.answers.length;
  return (
    <Section
      title={t('oversight.inspection.items')}
      aside={<span className="fb-soft">{t('oversight.inspection.answered', { done: answered, all: found.items.length })}</span>}
    >
      <ol className="fb-lines">
        {found.items.map((item) => (
          <ItemLine key={item.itemId} found={found} item={item} isOpen={isOpen} onFinding={() => setFinding(item.itemId)} />
        ))}
      </ol>
      {finding !== null && <AddFinding inspection={found} itemId={finding} onClose={() => setFinding(null)} />}
    </Section>
  );
}

/** One inspection: its items, what was found, what the agency does about it. */
export function InspectionPage(): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { id = '' } = useParams();
  const mayWrite = useMay('collections.answerInspection');
  const { data: found, error, refetch } = useQuery(inspectionQuery(id));
  const back = { to: '/oversight', label: t('oversight.title') };
  if (error)
    return (
      <>
        <PageHeader title={t('oversight.inspection.title')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  if (!found) return <PageLoading />;
  const isOpen = mayWrite && found.state === 'under-way';
  return (
    <>
      <PageHeader
        title={t('oversight.inspection.of', { kind: t(`oversight.kind.${found.kind}`), agency: found.agencyName })}
        back={back}
        aside={<InspectionState state={found.state} />}
        actions={mayWrite && <Steps found={found} />}
      />
      <div className="fb-columns">
        <div>
          <Checklist found={found} isOpen={isOpen} />
          <Section title={t('oversight.inspection.findings')}>
            {found.findings.length === 0 && (
              <Empty title={t('oversight.inspection.noFindings')} help={t('oversight.inspection.noFindingsHelp')} />
            )}
            {found.findings.map((finding) => (
              <FindingCard key={finding.id} finding={finding} inspection={found} />
            ))}
          </Section>
        </div>
        <div>
          <Section title={t('oversight.inspection.about')}>
            <Facts
              items={[
                { label: t('oversight.inspection.plannedOn'), value: found.plannedOn },
                { label: t('oversight.inspection.inspector'), value: person(found.inspector) },
                { label: t('oversight.inspection.version'), value: found.checklistVersion },
                {
                  label: t('oversight.inspection.doneAt'),
                  value: found.doneAt ? <Instant at={found.doneAt} timeZone={READER_ZONE} /> : t('common.none'),
                },
                { label: t('oversight.inspection.summary'), value: found.summary ?? t('common.none') },
              ]}
            />
          </Section>
          <Section title={t('oversight.inspection.files')}>
            <Files inspectionId={found.id} files={found.files} findingId={null} mayAdd={isOpen} />
          </Section>
        </div>
      </div>
    </>
  );
}
