import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import { hashOf, type IdempotentRequest } from '#idempotency';
import { AdditionService, type BroughtFile } from '../src/addition/addition.service.ts';
import { ApprovalService } from '../src/approval/approval.service.ts';
import { ApprovalStore } from '../src/approval/approval.store.ts';
import { ChannelService } from '../src/channels/channel.service.ts';
import { ChannelStore } from '../src/channels/channel.store.ts';
import type { ChannelPageRequest } from '../src/channels/channel.dto.ts';
import { NotificationStore } from '../src/notification/notification.store.ts';
import { TellingService } from '../src/notification/telling.service.ts';
import { FormReader } from '../src/public/form-reader.ts';
import { GateService, type Visitor } from '../src/public/gate.service.ts';
import { IntakeRooms, IntakeService } from '../src/public/intake.service.ts';
import type { PublicComplaintRequest, ReceiptView } from '../src/public/public.dto.ts';
import { PublicPages } from '../src/public/public-pages.ts';
import { PublicStore } from '../src/public/public.store.ts';
import { StatusRooms, StatusService } from '../src/public/status.service.ts';
import { noScanner, type ScanPort } from '../src/file/scan.port.ts';
import { Handling } from './handling.ts';
import { FileRoom, PDF } from './intake.ts';
import { BANK, type Stage } from './stage.ts';

export const publicRequest = (more: Partial<PublicComplaintRequest> = {}): PublicComplaintRequest => ({
  name: '王小云',
  contact: '13800005678',
  subject: '深夜催收',
  narrative: '昨晚十一点接到催收电话。',
  requests: '停止夜间来电\n书面道歉',
  ...more,
});

export const channelRequest = (more: Partial<ChannelPageRequest> = {}): ChannelPageRequest => ({
  channels: [
    { kind: 'phone', labelZh: '投诉专线', labelEn: 'Complaints', value: '026-5550 0110', hoursZh: '每日 8:00–22:00', hoursEn: 'Daily' },
    { kind: 'regulator', labelZh: '金融监管热线', labelEn: 'Regulator', value: '12378' },
  ],
  process: [{ zh: '受理', en: 'It is registered' }],
  note: '首次公布',
  ...more,
});

export const key = (text: string): IdempotentRequest => ({ key: text, hash: hashOf('test', text) });

/** The public page on a stage. */
export class PublicRoom {
  readonly files: FileRoom;
  readonly handling: Handling;
  readonly channels: ChannelService;
  readonly additions: AdditionService;
  readonly gate: GateService;
  readonly intake: IntakeService;
  readonly statuses: StatusService;
  readonly pages: PublicPages;
  private visits = 0;

  constructor(
    readonly stage: Stage,
    scanner: ScanPort = noScanner,
    config = {
      publicInstitutionId: BANK,
      publicUrl: 'https://bank.example',
      publicComplaintsPerHour: 600,
      publicFileLimitBytes: 64 * 1024,
    },
  ) {
    const { source, reading, vault, timeline, search } = stage;
    this.files = new FileRoom(stage, scanner);
    this.handling = new Handling(stage);
    const approvals = new ApprovalService(source, new ApprovalStore(), reading, vault);
    this.channels = new ChannelService(source, new ChannelStore(), reading, approvals, config);
    this.additions = new AdditionService(timeline, this.files.files, search, new TellingService(new NotificationStore()), vault);
    const store = new PublicStore();
    this.gate = new GateService(source, store, reading, vault);
    const rooms = new IntakeRooms(stage.registrations, reading, this.additions, this.channels, config);
    this.intake = new IntakeService(source, store, this.gate, vault, rooms);
    const shown = new StatusRooms(this.files.files, this.handling.notes, this.additions, stage.events, reading);
    this.statuses = new StatusService(this.gate, store, shown, vault);
    const reader = new FormReader(this.files.uploads, this.files.files, config);
    this.pages = new PublicPages(this.intake, this.statuses, this.channels, reader, this.gate);
  }

  /** Somebody at an address of their own, unless the test says where. */
  visitor(more: Partial<Visitor> = {}): Visitor {
    this.visits += 1;
    return { institutionId: BANK, ip: `198.51.100.${this.visits % 250}`, requestId: 'request-1', ...more };
  }

  async file(more: Partial<PublicComplaintRequest> = {}, given: { visitor?: Visitor; key?: string; files?: readonly BroughtFile[] } = {}) {
    const { visitor = this.visitor(), files = [] } = given;
    const { view } = await this.intake.submit(visitor, { request: publicRequest(more), files, key: given.key ?? null });
    return view;
  }

  async brought(fileName = '截图.pdf', bytes: Buffer = PDF): Promise<BroughtFile> {
    return { fileName, upload: await this.files.uploads.keep(BANK, 'complaint-file', [bytes]), mime: 'application/pdf' };
  }

  status(receipt: Pick<ReceiptView, 'receiptNumber' | 'accessCode'>, visitor = this.visitor()) {
    const { receiptNumber, accessCode } = receipt;
    return this.statuses.status(visitor, { receiptNumber, accessCode }, 'zh');
  }

  async idOf({ receiptNumber }: Pick<ReceiptView, 'receiptNumber'>): Promise<string> {
    const [row] = await this.stage.sql<{ id: string }>('select id from complaint where number = $1', [receiptNumber]);
    return row?.id ?? '';
  }

  /** The pages behind a real parser of forms. */
  async web(): Promise<FastifyInstance> {
    const app = Fastify();
    await app.register(multipart);
    const asked = (ip: string) => ({ institutionId: undefined, language: 'zh' as const, ip, requestId: 'request-1' });
    app.post('/form', async (request, reply) => {
      const page = await this.pages.submit(request, asked(request.ip));
      return reply.status(page.status).type('text/html').send(page.body);
    });
    app.post('/status', async (request, reply) => {
      const page = await this.pages.act(request, asked(request.ip));
      return reply.status(page.status).type('text/html').send(page.body);
    });
    return app;
  }
}

/** A form as browsers send it. */
export async function formOf(
  fields: Readonly<Record<string, string>>,
  files: readonly { name: string; bytes: Buffer }[] = [],
): Promise<{ payload: Buffer; headers: Record<string, string> }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const { name, bytes } of files) form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const response = new Response(form);
  return { payload: Buffer.from(await response.arrayBuffer()), headers: { 'content-type': response.headers.get('content-type') ?? '' } };
}

/** The code of the refusal that the work ends with. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? String(error),
  );
