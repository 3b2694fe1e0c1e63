import { Module } from '@nestjs/common';
import { SearchService } from './search.service.ts';
import { SearchStore } from './search.store.ts';

/** What complaints are found by; how they are found is finding.module.ts. */
@Module({ providers: [SearchService, SearchStore], exports: [SearchService, SearchStore] })
export class SearchModule {}
