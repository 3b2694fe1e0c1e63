export { Blanking, coveredBy, GONE, removeWithFiles, type Blank } from './blank.ts';
export { HOLD_CONTEXT } from './hold.service.ts';
export { digestOf, FIVE_YEARS, type BuiltInRule, type KeptForEver, type KeptKind, type RetentionKinds } from './kind.ts';
export { platformForEver, platformKinds } from './platform-kinds.ts';
export { RetentionModule } from './retention.module.ts';
export { RetentionWork } from './retention.work.ts';
export { retentionRoomOf, type RetentionRoom } from './room.ts';
export { retentionSettings } from './settings.ts';
