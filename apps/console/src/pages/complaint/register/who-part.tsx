import { Button, Checkbox, Form, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../../../ui/choice.tsx';
import { MomentInput } from '../../../ui/moment-input.tsx';
import { Section } from '../../../ui/section.tsx';
import { KINDS, MOST_SPEAKERS, REGULATORS, type Kind } from '../intake/api.ts';
import { useIntakeWord } from '../intake/use-intake-word.ts';
import type { RegisterDraft } from './draft.ts';
import { must } from './form-parts.tsx';
import { RegulatorSelect } from './regulator-select.tsx';

function KindChoice({ value = 'self', onChange }: { readonly value?: Kind; readonly onChange?: (kind: Kind) => void }): ReactNode {
  const { t } = useTranslation();
  const word = useIntakeWord();
  return (
    <>
      <Choice
        label={t('intake.kindLabel')}
        value={value}
        onChange={(kind) => onChange?.(kind)}
        options={KINDS.map((kind) => ({ value: kind, label: word('kind', kind) }))}
      />
      <p className="fb-soft">{t(`intake.kindHelp.${value}`)}</p>
    </>
  );
}

/** Who speaks for a group, or the heirs: five at most. */
function People({ kind }: { readonly kind: Kind }): ReactNode {
  const { t } = useTranslation();
  const isHeirs = kind === 'heirs';
  return (
    <Form.Item label={isHeirs ? t('intake.heirs') : t('intake.representatives')}>
      <Form.List name="representatives" initialValue={[{}]}>
        {(rows, { add, remove }, { errors }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className="fb-form-row">
                <Form.Item name={[name, 'name']} label={t('intake.personName')} rules={isHeirs ? must(t('intake.needed')) : []}>
                  <Input autoComplete="off" maxLength={100} />
                </Form.Item>
                {isHeirs && (
                  <Form.Item name={[name, 'relationship']} label={t('intake.relationship')} rules={must(t('intake.needed'))}>
                    <Input maxLength={100} />
                  </Form.Item>
                )}
                <Form.Item name={[name, 'contact']} label={t('intake.personContact')}>
                  <Input autoComplete="off" maxLength={200} />
                </Form.Item>
                {rows.length > 1 && (
                  <Form.Item label=" " colon={false}>
                    <Button onClick={() => remove(name)}>{t('intake.removePerson')}</Button>
                  </Form.Item>
                )}
              </div>
            ))}
            <Form.ErrorList errors={errors} />
            {rows.length < MOST_SPEAKERS && <Button onClick={() => add({})}>{t('intake.addPerson')}</Button>}
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}

/** Who complains, and who acts or speaks for them: what the kind takes, and nothing else. */
export function WhoPart({ kind }: { readonly kind: Kind }): ReactNode {
  const { t } = useTranslation();
  const isAnonymous = kind === 'anonymous';
  const required = t('complaint.register.required');
  return (
    <Section title={t('complaint.register.who')}>
      <Form.Item name="kind">
        <KindChoice />
      </Form.Item>
      <div className="fb-form-row">
        {!isAnonymous && (
          <Form.Item name={['complainant', 'name']} label={t('complaint.register.name')} rules={must(required)}>
            <Input autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item
          name={['complainant', 'contact']}
          label={t('complaint.register.contact')}
          rules={isAnonymous ? [] : must(required)}
          extra={t('complaint.register.contactHelp')}
        >
          <Input autoComplete="off" />
        </Form.Item>
        {!isAnonymous && (
          <Form.Item
            name={['complainant', 'idNumber']}
            label={t('complaint.register.idNumber')}
            extra={t('complaint.register.idNumberHelp')}
          >
            <Input autoComplete="off" />
          </Form.Item>
        )}
        {kind === 'group' && (
          <Form.Item name="groupSize" label={t('complaint.register.groupSize')} extra={t('complaint.register.groupHelp')}>
            <InputNumber min={2} max={1_000_000} precision={0} />
          </Form.Item>
        )}
      </div>
      {kind === 'proxy' && (
        <div className="fb-form-row">
          <Form.Item name={['complainant', 'proxy', 'name']} label={t('complaint.register.proxyName')} rules={must(required)}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name={['complainant', 'proxy', 'contact']} label={t('complaint.register.proxyContact')}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name={['complainant', 'proxy', 'idNumber']} label={t('complaint.register.proxyIdNumber')}>
            <Input autoComplete="off" />
          </Form.Item>
        </div>
      )}
      {(kind === 'group' || kind === 'heirs') && <People kind={kind} />}
    </Section>
  );
}

const FORWARDED_CHANNELS: readonly string[] = ['regulator-forward', 'pboc'];

/** What a regulator that sent it on knows it by. */
export function ForwardedPart({ draft }: { readonly draft: RegisterDraft }): ReactNode {
  const { t } = useTranslation();
  const isOn = draft.isForwarded === true;
  const isOffered = isOn || FORWARDED_CHANNELS.includes(draft.channel ?? '') || (draft.channel ?? '').startsWith('regulator');
  if (!isOffered) return null;
  return (
    <Section title={t('intake.forwarded')}>
      <Form.Item name="isForwarded" valuePropName="checked">
        <Checkbox>{t('intake.forwarded')}</Checkbox>
      </Form.Item>
      {isOn && (
        <div className="fb-form-row">
          <Form.Item
            name={['forwarded', 'regulator']}
            label={t('intake.regulatorLabel')}
            rules={must(t('intake.needed'))}
            extra={draft.forwarded?.regulator === 'pboc' ? t('intake.pbocHelp') : undefined}
          >
            <RegulatorSelect codes={REGULATORS} />
          </Form.Item>
          <Form.Item
            name={['forwarded', 'reference']}
            label={t('intake.reference')}
            rules={must(t('intake.needed'))}
            extra={t('intake.referenceHelp')}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name={['forwarded', 'forwardedOn']} label={t('intake.forwardedOn')} rules={must(t('intake.needed'))}>
            <MomentInput />
          </Form.Item>
        </div>
      )}
    </Section>
  );
}
