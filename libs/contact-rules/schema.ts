import schema from './pack.schema.json' with { type: 'json' };

/** JSON Schema 2020-12 of a pack; its `$defs` `row`, `ownRules` and `adjustments` are those of drafts. As data: who validates brings a validator. */
export const PACK_SCHEMA: Readonly<Record<string, unknown>> = schema;
