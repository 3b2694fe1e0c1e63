import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Radio, Select, Skeleton } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../../../session/session.ts';
import { MoreRows } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { localTime } from '../dates.ts';
import { useKeyFor } from '../use-key.ts';
import type { Complaint } from '../wire.ts';
import { addNote, editNote, listNotes, membersQuery, versionsQuery, type Note } from './api.ts';
import './handling.css';
import { useDone } from './use-done.ts';
import { useMemberName } from './use-names.ts';

const KINDS = ['internal', 'complainant'] as const;
const MOST_TEXT = 10_000;

interface Values {
  readonly kind: Note['kind'];
  readonly text: string;
  readonly mentions?: string[];
}

function useMentionable(): { value: string; label: string }[] {
  const { data } = useQuery(membersQuery(false));
  return (data?.items ?? [])
    .filter(({ agencyId }) => agencyId === null)
    .map(({ subject, name }) => ({ value: subject, label: name || subject }));
}

function NewNote({ complaintId }: { readonly complaintId: string }): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form) ?? 'internal';
  const options = useMentionable();
  const keyFor = useKeyFor();
  // What was written once may be written again.
  const [round, setRound] = useState(0);
  const add = useDone(
    ({ mentions, ...values }: Values) => {
      const body = { ...values, text: values.text.trim(), ...(values.kind === 'internal' && mentions && { mentions }) };
      return addNote(complaintId, body, keyFor({ ...body, round }));
    },
    ['complaints'],
    () => {
      form.resetFields();
      setRound((before) => before + 1);
    },
  );
  return (
    <Form
      name="note"
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: 'internal' }}
      onFinish={(values) => add.mutate(values)}
    >
      <Form.Item
        name="kind"
        label={t('handling.note.kindLabel')}
        help={kind === 'internal' ? t('handling.note.internalHelp') : t('handling.note.complainantHelp')}
      >
        <Radio.Group options={KINDS.map((value) => ({ value, label: t(`handling.note.kind.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="text"
        label={t('handling.note.text')}
        rules={[{ required: true, whitespace: true, message: t('handling.note.textNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={MOST_TEXT} />
      </Form.Item>
      {kind === 'internal' && (
        <Form.Item name="mentions" label={t('handling.note.mention')} help={t('handling.note.mentionHelp')}>
          <Select mode="multiple" optionFilterProp="label" options={options} />
        </Form.Item>
      )}
      <FormProblem form={form} error={add.error} />
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        {kind === 'internal' ? t('handling.note.add') : t('handling.note.show')}
      </Button>
    </Form>
  );
}

function EditDialog({ note, onClose }: { readonly note: Note; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [form] = Form.useForm<{ text: string; mentions: string[] }>();
  const options = useMentionable();
  const keyFor = useKeyFor();
  const edit = useDone(
    (body: { text: string; mentions: string[] }) => editNote(note.id, body, keyFor({ ...body, version: note.version })),
    ['complaints'],
    onClose,
  );
  return (
    <Modal
      open
      title={t('handling.note.editTitle')}
      onCancel={onClose}
      okText={t('handling.note.save')}
      okButtonProps={{ htmlType: 'submit', form: id, loading: edit.isPending }}
      cancelText={t('common.cancel')}
    >
      <Form
        name="correction"
        id={id}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ text: note.text, mentions: [...note.mentions] }}
        onFinish={(values) => edit.mutate(values)}
      >
        <Form.Item
          name="text"
          label={t('handling.note.text')}
          rules={[{ required: true, whitespace: true, message: t('handling.note.textNeeded') }]}
        >
          <Input.TextArea rows={5} maxLength={MOST_TEXT} />
        </Form.Item>
        <Form.Item name="mentions" label={t('handling.note.mention')} help={t('handling.note.mentionHelp')}>
          <Select mode="multiple" optionFilterProp="label" options={options} />
        </Form.Item>
        <FormProblem form={form} error={edit.error} />
      </Form>
    </Modal>
  );
}

function Versions({ note, onClose }: { readonly note: Note; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { data, error } = useQuery(versionsQuery(note.id));
  return (
    <Modal open title={t('handling.note.versions')} onCancel={onClose} footer={null}>
      {error && <ProblemAlert error={error} />}
      {!data && !error && <Skeleton active />}
      <ol className="fb-handling-list">
        {data?.items.map(({ version, at, text }) => (
          <li key={version}>
            <strong>{t('handling.note.version', { version })}</strong> <span className="fb-soft">{localTime(at)}</span>
            <p className="fb-handling-words">{text}</p>
          </li>
        ))}
      </ol>
    </Modal>
  );
}

function NoteItem({ note }: { readonly note: Note }): ReactNode {
  const { t } = useTranslation();
  const { subject } = useSession();
  const memberName = useMemberName();
  const [open, setOpen] = useState<'edit' | 'versions' | null>(null);
  const { kind, author, authorName, at, version, text, mentions } = note;
  return (
    <li className="fb-handling-task">
      <div className="fb-handling-head">
        <strong>{authorName || memberName(author)}</strong>
        <StateTag tone={kind === 'internal' ? 'quiet' : 'busy'}>{t(`handling.note.kind.${kind}`)}</StateTag>
        <time className="fb-soft" dateTime={at}>
          {localTime(at)}
        </time>
        {version > 1 && (
          <Button type="link" size="small" onClick={() => setOpen('versions')}>
            {t('handling.note.edited', { count: version - 1 })}
          </Button>
        )}
        {kind === 'internal' && author === subject && (
          <Button type="link" size="small" onClick={() => setOpen('edit')}>
            {t('handling.note.edit')}
          </Button>
        )}
      </div>
      <p className="fb-handling-words">{text}</p>
      {mentions.length > 0 && <p className="fb-hint">{mentions.map((one) => `@${memberName(one)}`).join(' ')}</p>}
      {open === 'edit' && <EditDialog note={note} onClose={() => setOpen(null)} />}
      {open === 'versions' && <Versions note={note} onClose={() => setOpen(null)} />}
    </li>
  );
}

/** What the desk writes for itself, and what it shows the complainant. */
export function NoteSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const mayWrite = useMay('complaints.addComplaintNote');
  const notes = usePages(['complaints', 'notes', complaint.id], (cursor, signal) => listNotes(complaint.id, cursor, signal));
  return (
    <Section title={t('handling.note.title')}>
      {notes.error ? (
        <ProblemAlert error={notes.error} onRetry={notes.retry} />
      ) : (
        <>
          {mayWrite && <NewNote complaintId={complaint.id} />}
          {!notes.isLoading && notes.items.length === 0 && <Empty title={t('handling.note.empty')} help={t('handling.note.emptyHelp')} />}
          <ul className="fb-handling-list">
            {notes.items.map((note) => (
              <NoteItem key={note.id} note={note} />
            ))}
          </ul>
          <MoreRows {...notes.more} />
        </>
      )}
    </Section>
  );
}
