import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Roles, type Principal } from '#auth';
import { attachment } from '#http';
import { Idempotency, type IdempotentRequest } from '#idempotency';
import { MailboxAddressService } from './address.service.ts';
import {
  MailAttachmentRequest,
  MailboxAddressList,
  MailComplaintRequest,
  MailDismissalRequest,
  MailListRequest,
  MailPage,
  MailView,
} from './mailbox.dto.ts';
import { MailboxService } from './mailbox.service.ts';

const idempotent = ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Same key and body, same answer; kept 7 days' });
const mailParam = ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@ApiTags('mailbox')
@Controller('v1')
export class MailboxController {
  constructor(
    @Inject(MailboxService) private readonly mailbox: MailboxService,
    @Inject(MailboxAddressService) private readonly addresses: MailboxAddressService,
  ) {}

  @ApiOperation({
    operationId: 'listMails',
    summary: 'Mails that came in, the newest first; those that wait for a person unless asked otherwise',
  })
  @ApiResponse({ status: 200, type: MailPage, description: 'A page of mails; reading them is recorded' })
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver')
  @Get('mails')
  list(@CurrentPrincipal() principal: Principal, @Query() request: MailListRequest, @Req() http: FastifyRequest): Promise<MailPage> {
    return this.mailbox.list(principal, request, http.id);
  }

  @ApiOperation({ operationId: 'findMail', summary: 'One mail with its text' })
  @ApiResponse({ status: 200, type: MailView, description: 'The mail' })
  @mailParam
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver')
  @Get('mails/:id')
  find(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<MailView> {
    return this.mailbox.find(principal, id, http.id);
  }

  @ApiOperation({ operationId: 'downloadMail', summary: 'The mail as it came, to be kept; reading it is recorded' })
  @ApiProduces('message/rfc822')
  @ApiResponse({ status: 200, description: 'The mail', schema: { type: 'string', format: 'binary' } })
  @mailParam
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver')
  @Get('mails/:id/original')
  async original(@CurrentPrincipal() principal: Principal, @Param('id') id: string, @Req() http: FastifyRequest): Promise<StreamableFile> {
    const mail = await this.mailbox.original(principal, id, http.id);
    return new StreamableFile(Readable.from(mail.open()), {
      type: 'message/rfc822',
      disposition: attachment(`mail-${id}.eml`),
      length: mail.bytes,
    });
  }

  @ApiOperation({ operationId: 'makeComplaintOfMail', summary: 'Make a complaint of a mail, received when the mail was' })
  @ApiResponse({ status: 201, type: MailView, description: 'The mail, with its complaint' })
  @idempotent
  @mailParam
  @Roles('complaint-handler', 'complaint-supervisor')
  @Post('mails/:id/complaint')
  makeComplaint(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() request: MailComplaintRequest,
    @Req() http: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<MailView> {
    return this.mailbox.makeComplaint({ principal, id, idempotency, requestId: http.id }, request);
  }

  @ApiOperation({ operationId: 'attachMail', summary: 'Add a mail with its files to a complaint that is there' })
  @ApiResponse({ status: 201, type: MailView, description: 'The mail, with its complaint' })
  @idempotent
  @mailParam
  @Roles('complaint-handler', 'complaint-supervisor')
  @Post('mails/:id/attachment')
  attach(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { complaint }: MailAttachmentRequest,
    @Req() http: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<MailView> {
    return this.mailbox.attach({ principal, id, idempotency, requestId: http.id }, complaint);
  }

  @ApiOperation({ operationId: 'dismissMail', summary: 'Say why a mail is no complaint; it can still be made one afterwards' })
  @ApiResponse({ status: 201, type: MailView, description: 'The mail' })
  @idempotent
  @mailParam
  @Roles('complaint-handler', 'complaint-supervisor')
  @Post('mails/:id/dismissal')
  dismiss(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { reason }: MailDismissalRequest,
    @Req() http: FastifyRequest,
    @Idempotency() idempotency: IdempotentRequest | null,
  ): Promise<MailView> {
    return this.mailbox.dismiss({ principal, id, idempotency, requestId: http.id }, reason);
  }

  @ApiOperation({ operationId: 'listMailboxAddresses', summary: 'The addresses at which complaints are taken by mail' })
  @ApiResponse({ status: 200, type: MailboxAddressList, description: 'The addresses, those in use first' })
  @Roles('complaint-handler', 'complaint-supervisor', 'head-office-approver', 'admin')
  @Get('mailbox-addresses')
  listAddresses(@CurrentPrincipal() principal: Principal): Promise<MailboxAddressList> {
    return this.addresses.list(principal);
  }

  @ApiOperation({ operationId: 'addMailboxAddress', summary: 'Take complaints by mail at an address' })
  @ApiResponse({ status: 200, type: MailboxAddressList, description: 'The addresses' })
  @ApiParam({ name: 'address', type: 'string' })
  @Roles('complaint-supervisor', 'admin')
  @Put('mailbox-addresses/:address')
  addAddress(@CurrentPrincipal() principal: Principal, @Param('address') address: string): Promise<MailboxAddressList> {
    return this.addresses.add(principal, address);
  }

  @ApiOperation({ operationId: 'retireMailboxAddress', summary: 'Refuse mail to an address from now on' })
  @ApiResponse({ status: 200, type: MailboxAddressList, description: 'The addresses' })
  @ApiParam({ name: 'address', type: 'string' })
  @Roles('complaint-supervisor', 'admin')
  @HttpCode(200)
  @Post('mailbox-addresses/:address/retirement')
  retireAddress(@CurrentPrincipal() principal: Principal, @Param('address') address: string): Promise<MailboxAddressList> {
    return this.addresses.retire(principal, address);
  }
}
