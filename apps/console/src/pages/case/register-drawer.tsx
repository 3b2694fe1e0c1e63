import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, Segmented, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, newKey, take } from '../../api/client.ts';
import type { CaseView, ConsentView, HoldView } from '../../api/models.ts';
import { may, useSession, type Session } from '../../session/session.ts';
import { upload, type UploadProgress } from '../../api/upload.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { UploadDrop } from '../../ui/upload-drop.tsx';
import { useFieldErrors } from '../../ui/use-field-errors.ts';
import { PROOFS, proofAddress } from './proofs.tsx';

const THINGS = ['hold', 'optOut', 'consent'] as const;
type Thing = (typeof THINGS)[number];
const NEEDS = { hold: 'collections.setHold', optOut: 'collections.setOptOut', consent: 'collections.giveConsent' } as const;

const CHANNELS = ['voice', 'sms', 'im', 'email', 'letter', 'visit'] as const;
type Channel = (typeof CHANNELS)[number];
// Whoever hears of it sets the first; the others are the bank's findings. A complaint sets its own.
const AT_ONCE = ['cease', 'legal-rep', 'deceased', 'incapacity', 'insolvency'] as const satisfies readonly HoldView['kind'][];
const FOUND = ['plan-active', 'objection-open'] as const satisfies readonly HoldView['kind'][];
const FINDERS = ['collections-manager', 'compliance', 'integration'];
const CONSENTS = ['out-of-hours', 'frequency', 'channel', 'device'] as const satisfies readonly ConsentView['kind'][];

interface Fields {
  readonly kind?: (typeof AT_ONCE)[number] | (typeof FOUND)[number];
  readonly consentKind?: (typeof CONSENTS)[number];
  readonly partyId?: string;
  readonly channel?: Channel;
  readonly channels?: Channel[];
  readonly from?: string;
  readonly to?: string;
  readonly words: string;
}

const holdKinds = ({ roles }: Session): readonly HoldView['kind'][] =>
  roles.some((role) => FINDERS.includes(role)) ? [...AT_ONCE, ...FOUND] : AT_ONCE;

/** What the reader may write down on a case. */
export const thingsFor = (session: Session): readonly Thing[] => THINGS.filter((thing) => may(session, NEEDS[thing]));

/** Where the request calls a field otherwise than the form. */
const POINTERS = { '/reason': '/words', '/evidence': '/words' };
const CONSENT_POINTERS = { ...POINTERS, '/kind': '/consentKind' };
const RESOURCES = { hold: 'hold', optOut: 'opt-out', consent: 'consent' } as const;

interface Sent {
  readonly thing: Thing;
  readonly key: string;
  /** When the drawer was opened: sent again, it is the same. */
  readonly openedAt: string;
}

async function send(id: string, { thing, key, openedAt }: Sent, fields: Fields): Promise<{ readonly id: string }> {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  const { words, partyId = '', kind, consentKind, channel, channels = [], from, to } = fields;
  if (thing === 'hold') {
    return take(collections.POST('/v1/cases/{id}/holds', { params, body: { kind: kind ?? 'cease', reason: words } }));
  }
  if (thing === 'optOut') {
    return take(collections.POST('/v1/cases/{id}/opt-outs', { params, body: { partyId, channel: channel ?? null, evidence: words } }));
  }
  const body = {
    partyId,
    kind: consentKind ?? 'channel',
    channels,
    from: from || null,
    to: to || null,
    givenAt: openedAt,
    evidence: words,
  };
  return take(collections.POST('/v1/cases/{id}/consents', { params, body }));
}

function PartyFields({ found, thing }: { readonly found: CaseView; readonly thing: 'optOut' | 'consent' }): ReactNode {
  const { t } = useTranslation();
  const needed = [{ required: true, message: t('cases.register.needed') }];
  const channels = CHANNELS.map((value) => ({ value, label: t(`cases.register.channels.${value}`) }));
  return (
    <>
      <Form.Item
        name="partyId"
        label={t('cases.register.party')}
        rules={needed}
        initialValue={found.parties.find(({ role }) => role === 'debtor')?.id}
      >
        <Select options={found.parties.map(({ id, name, role }) => ({ value: id, label: `${name} · ${t(`cases.party.${role}`)}` }))} />
      </Form.Item>
      {thing === 'optOut' ? (
        <Form.Item name="channel" label={t('cases.register.channel')} extra={t('cases.register.channelHelp')}>
          <Select allowClear options={channels} />
        </Form.Item>
      ) : (
        <>
          <Form.Item name="consentKind" label={t('cases.register.kind')} rules={needed}>
            <Select options={CONSENTS.map((value) => ({ value, label: t(`cases.consents.kind.${value}`) }))} />
          </Form.Item>
          <Form.Item name="channels" label={t('cases.register.channelsOf')} rules={needed}>
            <Select mode="multiple" options={channels} />
          </Form.Item>
          <div className="fb-halves">
            <Form.Item name="from" label={t('cases.register.from')}>
              <Input placeholder="22:00" maxLength={5} />
            </Form.Item>
            <Form.Item name="to" label={t('cases.register.to')}>
              <Input placeholder="23:00" maxLength={5} />
            </Form.Item>
          </div>
        </>
      )}
    </>
  );
}

/** Writes down a hold, an opt-out or a consent; once per opening, however often it is sent. */
export function RegisterDrawer({ found, onClose }: { readonly found: CaseView; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const [[key, openedAt]] = useState(() => [newKey(), new Date().toISOString()] as const);
  const [isOpen, setIsOpen] = useState(true);
  const [file, setFile] = useState<File | null>(null);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [form] = Form.useForm<Fields>();
  const things = thingsFor(session);
  const [thing, setThing] = useState<Thing>(things[0] ?? 'hold');
  const place = useFieldErrors(form, thing === 'consent' ? CONSENT_POINTERS : POINTERS);
  const save = useMutation({
    // Sent again after the file failed, what is written down already is the same, and the file alone is new.
    mutationFn: async (fields: Fields) => {
      const made = await send(found.caseId, { thing, key: `${key}-${thing}`, openedAt }, fields);
      if (file === null) return;
      const resource = `${RESOURCES[thing]}/${made.id}`;
      await upload({ url: proofAddress(found.caseId), fields: { resource }, file, key: `${key}-proof`, onProgress: setProgress });
    },
    onError: place,
    onSettled: () => setProgress(null),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['case'] });
      void queries.invalidateQueries({ queryKey: ['contactability'] });
      setIsOpen(false);
    },
  });
  return (
    <Drawer
      open={isOpen}
      size={440}
      title={t('cases.register.title')}
      onClose={() => setIsOpen(false)}
      afterOpenChange={(open) => {
        if (!open) onClose();
      }}
      footer={
        <Button type="primary" block size="large" htmlType="submit" form="register" loading={save.isPending}>
          {t('cases.register.save')}
        </Button>
      }
    >
      <Segmented
        block
        value={thing}
        onChange={setThing}
        options={things.map((value) => ({ value, label: t(`cases.register.thing.${value}`) }))}
      />
      <p className="fb-soft">{t(`cases.register.help.${thing}`)}</p>
      <Form<Fields>
        id="register"
        form={form}
        key={thing}
        layout="vertical"
        className="fb-drawer-form"
        onFinish={(fields) => save.mutate(fields)}
      >
        {thing === 'hold' ? (
          <Form.Item name="kind" label={t('cases.register.kind')} rules={[{ required: true, message: t('cases.register.needed') }]}>
            <Select options={holdKinds(session).map((value) => ({ value, label: t(`cases.holds.kind.${value}`) }))} />
          </Form.Item>
        ) : (
          <PartyFields found={found} thing={thing} />
        )}
        <Form.Item
          name="words"
          label={t(thing === 'hold' ? 'cases.register.reason' : 'cases.register.evidence')}
          rules={[{ required: true, whitespace: true, message: t('cases.register.needed') }]}
        >
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      </Form>
      <p className="fb-first">{t('cases.register.proof')}</p>
      <UploadDrop accept={PROOFS} file={file} progress={progress} onFile={setFile} />
      {save.error && <ProblemAlert error={save.error} />}
    </Drawer>
  );
}
