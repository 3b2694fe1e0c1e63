import type { components } from './collections.d.ts';

type Schemas = components['schemas'];

export type Answer = Schemas['Answer'];
export type AnswerReason = Schemas['AnswerReason'];
export type AgencyItem = Schemas['AgencyItem'];
export type AgencyView = Schemas['AgencyView'];
export type AttemptView = Schemas['AttemptView'];
export type AttemptRequest = Schemas['AttemptRequest'];
export type CaseView = Schemas['CaseView'];
export type ConsentView = Schemas['ConsentView'];
export type ContactPointView = Schemas['ContactPointView'];
export type HoldView = Schemas['HoldView'];
export type ImportView = Schemas['ImportView'];
export type LookbackView = Schemas['LookbackView'];
export type OutcomeRequest = Schemas['ReportedOutcomeRequest'];
export type PartyView = Schemas['PartyView'];
export type ScreeningRequest = Schemas['ScreeningRequest'];
export type ScreeningView = Schemas['ScreeningView'];
export type StandingRequest = Schemas['StandingRequest'];
