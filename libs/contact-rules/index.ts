export { decide, judge, type Judgement } from './decide.ts';
export { compilePolicy, type Need, type Pack, type PackRow, type Policy, type Rule, type TenantValues } from './pack.ts';
export { findPack, PACK_NAMES } from './packs.ts';
export * from './types.ts';
export * from './wire-json.ts';
export * from './wire.ts';
export { toMessage, type Language } from './message.ts';
export { DAY_MS, Zone } from './zone.ts';
