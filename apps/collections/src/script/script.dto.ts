import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { ManyOf, OneOf, PageRequest, Shown, Text, Texts, type Page } from '#wire';
import { STAGES, type Stage } from '../worklist/strategy.ts';
import { SCRIPT_VARIABLES } from './check-script.ts';

export const SCRIPT_CHANNELS = ['voice', 'visit'] as const;
export const SCRIPT_LANGUAGES = ['zh', 'en'] as const;
export const AUDIENCES = ['debtor', 'third-party'] as const;
export const SCRIPT_STATES = ['draft', 'approved', 'retired'] as const;
export type ScriptChannel = (typeof SCRIPT_CHANNELS)[number];
export type ScriptLanguage = (typeof SCRIPT_LANGUAGES)[number];
export type ScriptAudience = (typeof AUDIENCES)[number];
export type ScriptState = (typeof SCRIPT_STATES)[number];

const ScriptId = (): PropertyDecorator =>
  applyDecorators(
    Text({ max: 64, example: 'first-reminder', description: 'Letters, digits, `.`, `_` and `-`; a known one gets a new version' }),
    Matches(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { message: 'must be of letters, digits, ".", "_" and "-", and begin with a letter or digit' }),
  );
const variables = `Variables as {{balance}}; known are ${SCRIPT_VARIABLES.join(', ')}`;

export class ScriptRequest {
  @ScriptId()
  scriptId!: string;

  @OneOf(SCRIPT_CHANNELS)
  channel!: ScriptChannel;

  @OneOf(SCRIPT_LANGUAGES)
  language!: ScriptLanguage;

  @OneOf(AUDIENCES, { description: 'Who is spoken with; to a third party nothing is said of the debt' })
  audience!: ScriptAudience;

  @Texts({ optional: true, description: 'Only these; every product when left out' })
  products?: string[];

  @ManyOf(STAGES, { optional: true, description: 'Only these; every stage when left out' })
  stages?: Stage[];

  @Text()
  title!: string;

  @Text({
    max: 1000,
    description: `What is said first: who calls, of which organisation, for which bank, with which collector number, that it is recorded, and why. ${variables}`,
  })
  identity!: string;

  @Text({ max: 10_000, description: variables })
  text!: string;
}

export class ScriptListRequest extends PageRequest {
  @Text({ optional: true, max: 64 })
  scriptId?: string;

  @OneOf(SCRIPT_CHANNELS, { optional: true })
  channel?: ScriptChannel;

  @OneOf(SCRIPT_STATES, { optional: true })
  state?: ScriptState;
}

export class CaseScriptRequest {
  @OneOf(SCRIPT_CHANNELS, { optional: true, description: 'voice when left out' })
  channel?: ScriptChannel;

  @OneOf(SCRIPT_LANGUAGES, { optional: true, description: 'zh when left out' })
  language?: ScriptLanguage;

  @OneOf(AUDIENCES, { optional: true, description: 'debtor when left out' })
  audience?: ScriptAudience;

  @Text({ optional: true, description: 'Who will speak, as registered; you when left out' })
  collectorId?: string;
}

export class ScriptReasonRequest {
  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class ScriptView {
  @Shown.text()
  readonly scriptId!: string;

  @Shown.whole({ description: 'Counts from 1; a version is never changed' })
  readonly version!: number;

  @Shown.oneOf(SCRIPT_CHANNELS)
  readonly channel!: string;

  @Shown.oneOf(SCRIPT_LANGUAGES)
  readonly language!: string;

  @Shown.oneOf(AUDIENCES)
  readonly audience!: string;

  @Shown.texts()
  readonly products!: readonly string[];

  @Shown.manyOf(STAGES)
  readonly stages!: readonly string[];

  @Shown.oneOf(SCRIPT_STATES, { description: 'Only an approved version is shown to collectors' })
  readonly state!: string;

  @Shown.text()
  readonly title!: string;

  @Shown.text()
  readonly identity!: string;

  @Shown.text()
  readonly text!: string;

  @Shown.texts({ description: 'What it names' })
  readonly variables!: readonly string[];

  @Shown.text()
  readonly author!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.text({ nullable: true })
  readonly approvedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly approvedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly retiredBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly retiredAt!: string | null;
}

export class ScriptPage implements Page<ScriptView> {
  @Shown.list(() => ScriptView)
  readonly items!: readonly ScriptView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class FilledScript {
  @Shown.text()
  readonly scriptId!: string;

  @Shown.whole()
  readonly version!: number;

  @Shown.text()
  readonly title!: string;

  @Shown.text({ description: 'To be said first, as it stands' })
  readonly identity!: string;

  @Shown.text()
  readonly text!: string;

  @Shown.texts({ description: 'What is not known and stands as {{…}}' })
  readonly missing!: readonly string[];
}

export class FilledScripts {
  @Shown.list(() => FilledScript, {
    description: 'The closest first: those for the product and the stage of the case before those for all',
  })
  readonly items!: readonly FilledScript[];
}
