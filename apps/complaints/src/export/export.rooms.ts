import { Inject, Injectable } from '@nestjs/common';
import { ListingService } from '../complaint/listing.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { TagService } from '../tag/tag.service.ts';

/** What the rooms around lend to this one. */
@Injectable()
export class ExportRooms {
  constructor(
    @Inject(ReadingService) readonly reading: ReadingService,
    @Inject(ListingService) readonly listing: ListingService,
    @Inject(TagService) readonly tags: TagService,
  ) {}
}
