import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { collections, newKey, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import type { CaseView } from '../../api/models.ts';
import { useName } from '../../i18n/use-name.ts';
import { useMay, useSession } from '../../session/session.ts';
import { MoreRows } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';

type Entry = components['schemas']['TimelineEntry'];
const PAGE_SIZE = 20;
const NOTE_LENGTH = 4000;

const textOf = (detail: Entry['detail'], name: string): string | null => {
  const value = (detail as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
};
const listOf = (detail: Entry['detail'], name: string): string[] => {
  const value = (detail as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};

function Attempt({ entry }: { readonly entry: Entry }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  const { detail } = entry;
  const [channel, result] = [textOf(detail, 'channel'), textOf(detail, 'result')];
  const [reached, special, attitude] = [textOf(detail, 'reached'), textOf(detail, 'special'), textOf(detail, 'attitude')];
  const said = [
    reached && name('outcome.reached', reached),
    special && name('outcome.special', special),
    attitude && name('outcome.attitude', attitude),
    ...listOf(detail, 'stops').map((stop) => t('collecting.timeline.stopped', { why: name('outcome.stop', stop) })),
  ].filter((one) => one !== null && one !== '');
  return (
    <>
      {channel !== null && name('contact.channel', channel)}{' '}
      {textOf(detail, 'verdict') === 'refused' ? (
        <StateTag tone="bad">
          {t('collecting.timeline.refused', {
            rules: listOf(detail, 'ruleIds')
              .map((rule) => name('rules', rule))
              .join(t('common.listSeparator')),
          })}
        </StateTag>
      ) : (
        <StateTag tone={result === null ? 'wait' : 'good'}>
          {result === null ? t('collecting.timeline.open') : name('contact.outcome.results', result)}
        </StateTag>
      )}
      {said.length > 0 && <span className="fb-soft"> {said.join(t('common.listSeparator'))}</span>}
    </>
  );
}

function What({ entry }: { readonly entry: Entry }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  const { kind, detail, id } = entry;
  switch (kind) {
    case 'attempt':
      return <Attempt entry={entry} />;
    case 'promise':
      return t('collecting.timeline.promise', {
        amount: textOf(detail, 'amount'),
        day: textOf(detail, 'dueOn'),
        state: name('collecting.promiseState', textOf(detail, 'state') ?? ''),
      });
    case 'visit':
      return <Link to={`/visits/${id}`}>{t('collecting.timeline.visit')}</Link>;
    case 'act':
      return name('collecting.act', textOf(detail, 'action') ?? '');
    default:
      return t(`collecting.timeline.${kind}`);
  }
}

function NoteForm({ caseId }: { readonly caseId: string }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { agencyId } = useSession();
  const [form] = Form.useForm<{ text: string; shared?: boolean }>();
  const write = useMutation({
    mutationFn: ({ text, shared = false }: { text: string; shared?: boolean }) =>
      take(
        collections.POST('/v1/cases/{id}/notes', {
          params: { path: { id: caseId }, header: { 'Idempotency-Key': newKey() } },
          body: { text: text.trim(), shared },
        }),
      ),
    onSuccess: ({ stopped }) => {
      form.resetFields();
      void queries.invalidateQueries({ queryKey: ['timeline', caseId] });
      if (stopped === null) return;
      void queries.invalidateQueries({ queryKey: ['case', caseId] });
      void queries.invalidateQueries({ queryKey: ['contactability'] });
    },
  });
  return (
    <Form name="note" form={form} layout="vertical" requiredMark={false} onFinish={(values) => write.mutate(values)}>
      <Form.Item
        name="text"
        label={t('collecting.note.label')}
        rules={[{ required: true, whitespace: true, message: t('collecting.note.needed') }]}
      >
        <Input.TextArea rows={2} maxLength={NOTE_LENGTH} />
      </Form.Item>
      {agencyId === null && (
        <Form.Item name="shared" valuePropName="checked">
          <Checkbox>{t('collecting.note.shared')}</Checkbox>
        </Form.Item>
      )}
      {write.data?.stopped && <Alert type="warning" showIcon title={t('collecting.note.stopped')} />}
      {write.error && <ProblemAlert error={write.error} />}
      <Button htmlType="submit" loading={write.isPending}>
        {t('collecting.note.save')}
      </Button>
    </Form>
  );
}

// As the service notes why it stopped collection by itself: the sign, and where it was found.
const OWN_REASON = /^([a-z-]+): [a-z-]+\/[0-9a-f-]{36}$/;

/** What happened on the case, the newest first, and room for a note. */
export function Timeline({ found: { caseId } }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const name = useName();
  const said = (text: string): string => {
    const sign = OWN_REASON.exec(text)?.[1];
    return sign === undefined ? text : name('outcome.special', sign);
  };
  const mayWrite = useMay('collections.writeNote');
  const pages = usePages(['timeline', caseId], (cursor, signal) =>
    take(
      collections.GET('/v1/cases/{id}/timeline', {
        params: { path: { id: caseId }, query: { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) } },
        signal,
      }),
    ),
  );
  return (
    <Section title={t('collecting.timeline.title')}>
      {mayWrite && <NoteForm caseId={caseId} />}
      {pages.error && <ProblemAlert error={pages.error} onRetry={pages.retry} />}
      {!pages.isLoading && pages.items.length === 0 && <p className="fb-soft">{t('collecting.timeline.none')}</p>}
      <ol className="fb-timeline-list">
        {pages.items.map((entry) => (
          <li key={`${entry.kind} ${entry.id}`}>
            <p className="fb-first">
              <Instant at={entry.at} withRelative={false} /> <What entry={entry} />{' '}
              <span className="fb-soft">{entry.by === null ? '' : person(entry.by)}</span>
            </p>
            {entry.text !== null && <p className="fb-pre">{said(entry.text)}</p>}
          </li>
        ))}
      </ol>
      <MoreRows {...pages.more} />
    </Section>
  );
}
