import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { CaseLookupController } from './case-lookup.controller.ts';
import { CaseLookupModule } from './case-lookup.module.ts';

/** Its HTTP route, apart: what looks cases up must not need all that complaints are. */
@Module({ imports: [CaseLookupModule, ComplaintModule], controllers: [CaseLookupController] })
export class CaseLookupApiModule {}
