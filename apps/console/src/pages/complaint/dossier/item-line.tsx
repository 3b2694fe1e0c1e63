import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../../i18n/use-name.ts';
import { useMay } from '../../../session/session.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { RecordingPlayer } from '../../../ui/recording-player.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { localTime } from '../dates.ts';
import { findRecording, type DossierItem } from './api.ts';
import { useDossierWord } from './dossier-words.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

interface Pack {
  readonly pack?: unknown;
  readonly version?: unknown;
}

/** `cn-card 2`: by which packs the gate judged. */
function packsOf(packs: unknown): string {
  const list = Array.isArray(packs) ? packs : ((packs as { packs?: unknown } | null)?.packs ?? []);
  return Array.isArray(list) ? list.map(({ pack, version }: Pack) => `${String(pack)} ${String(version)}`).join(', ') : '';
}

/** Played from where it is kept: who hears it is recorded there. */
function Listen({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const may = useMay('collections.findRecording');
  const [isOpen, setIsOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['recording', id],
    queryFn: ({ signal }) => findRecording(id, signal),
    enabled: isOpen,
    retry: false,
  });
  if (!may) return null;
  if (!isOpen)
    return (
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t('dossier.find')}
      </Button>
    );
  if (error) return <ProblemAlert error={error} />;
  return data ? <RecordingPlayer recording={data} /> : null;
}

function Head({ item }: { readonly item: DossierItem }): ReactNode {
  const { t } = useTranslation();
  const word = useDossierWord();
  const name = useName();
  const { kind, channel, verdict, body } = item;
  const result = text(body.result);
  return (
    <p className="fb-row">
      <strong>
        {word('kind', kind)}
        {channel !== null && ` · ${name('contact.channel', channel)}`}
      </strong>
      {verdict !== null && <StateTag tone={verdict === 'refused' ? 'bad' : 'good'}>{word('verdict', verdict)}</StateTag>}
      {result !== '' && <StateTag tone="quiet">{name('contact.outcome.results', result)}</StateTag>}
      {(kind === 'message' || kind === 'letter') && <StateTag tone="quiet">{word('delivery', text(body.state))}</StateTag>}
      {item.revisions > 1 && <span className="fb-soft">{t('dossier.changed', { count: item.revisions - 1 })}</span>}
    </p>
  );
}

/** What more there is to say of it, a line each. */
function useLines(): (item: DossierItem) => string[] {
  const { t } = useTranslation();
  const name = useName();
  return ({ kind, body, agencyId, collectorIds, ruleIds, caseId, addedBy }) => {
    const lines: string[] = [];
    const who = [agencyId, ...collectorIds].filter((one) => one !== null && one !== '').join(t('common.listSeparator'));
    const about = [caseId ?? '', who, text(body.contactPoint)].filter((one) => one !== '').join(' · ');
    if (about !== '') lines.push(about);
    if (ruleIds.length > 0)
      lines.push(
        t('dossier.reasons', {
          rules: ruleIds.map((rule) => name('rules', rule)).join(t('common.listSeparator')),
          packs: packsOf(body.packs),
        }),
      );
    if (kind === 'recording') lines.push(t('dossier.keptUntil', { date: text(body.keepUntil), hash: text(body.sha256).slice(0, 16) }));
    if (kind === 'visit')
      lines.push(t('dossier.visit', { arrived: text(body.arrivedAt) === '' ? t('common.none') : localTime(text(body.arrivedAt)) }));
    if (kind === 'entrustment')
      lines.push(t('dossier.entrusted', { until: text(body.until) === '' ? t('dossier.now') : localTime(text(body.until)) }));
    if (addedBy !== null) lines.push(t('dossier.addedBy', { person: addedBy }));
    return lines;
  };
}

/** One thing of the file, as it was read. */
export function ItemLine({ item }: { readonly item: DossierItem }): ReactNode {
  const { t } = useTranslation();
  const lines = useLines();
  const { body, kind } = item;
  const written = [text(body.summary), text(body.text), text(body.note) === '' ? '' : t('dossier.note', { note: text(body.note) })];
  return (
    <li>
      <p className="fb-soft">{localTime(item.at)}</p>
      <Head item={item} />
      {lines(item).map((line) => (
        <p key={line} className="fb-soft">
          {line}
        </p>
      ))}
      {written
        .filter((one) => one !== '')
        .map((one) => (
          <p key={one} className="fb-words">
            {one}
          </p>
        ))}
      {kind === 'recording' && body.destroyedAt === null && <Listen id={item.ref} />}
    </li>
  );
}
