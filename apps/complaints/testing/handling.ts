import { Refusal } from '#problem';
import { DeskAdminService } from '../src/desk/desk-admin.service.ts';
import type { MemberRequest, UnitRequest } from '../src/desk/desk.dto.ts';
import { DeskService } from '../src/desk/desk.service.ts';
import { DeskStore } from '../src/desk/desk.store.ts';
import { principal, type Stage } from './stage.ts';

export const admin = principal('admin');

/** The rooms in which complaints are handled, on a stage. */
export class Handling {
  readonly desk: DeskService;
  readonly deskAdmin: DeskAdminService;

  constructor(readonly stage: Stage) {
    const desk = new DeskStore();
    this.desk = new DeskService(desk, stage.recusals, stage.vault);
    this.deskAdmin = new DeskAdminService(stage.source, stage.clock, desk, stage.vault);
  }

  unit(code: string, more: Partial<UnitRequest> = {}) {
    return this.deskAdmin.putUnit(admin, code, { kind: 'branch', nameZh: `${code} 分行`, nameEn: `Branch ${code}`, ...more });
  }

  member(subject: string, more: Partial<MemberRequest> = {}) {
    return this.deskAdmin.putMember(admin, subject, { name: `人员 ${subject}`, ...more });
  }
}

/** The refusal that the work ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** An Idempotency-Key with what it was sent for. */
export const key = (name: string, hash = 'a') => ({ key: name, hash: Buffer.alloc(32, hash) });
