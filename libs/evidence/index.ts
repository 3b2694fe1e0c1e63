export * from './merkle.ts';
export * from './record.ts';
export * from './heads.ts';
export * from './personal.ts';
