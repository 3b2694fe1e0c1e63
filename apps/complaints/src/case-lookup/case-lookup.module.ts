import { Module } from '@nestjs/common';
import { CaseLookup } from './case-lookup.service.ts';
import { CollectionsPeer } from './collections.peer.ts';

@Module({ providers: [CaseLookup, CollectionsPeer], exports: [CaseLookup, CollectionsPeer] })
export class CaseLookupModule {}
