import { Injectable } from '@nestjs/common';
import { findPack, PACK_NAMES, type Language, type Pack } from '#contact-rules';
import { NOT_FOUND, Refusal } from '#problem';
import { toPackView } from './pack-view.ts';
import type { PackList, PackRequest, PackView } from './pack.dto.ts';

/** Versions count from one, without gaps. */
function versionsOf(newest: Pack): number[] {
  const versions = Array.from({ length: newest.version }, (_, index) => index + 1);
  return versions.filter((version) => findPack(newest.pack, version) !== undefined);
}

/** The packs that this release has, for whoever reads them. */
@Injectable()
export class PackService {
  list(language: Language): PackList {
    const packs = PACK_NAMES.flatMap((name) => findPack(name) ?? []);
    return {
      items: packs.map((pack) => ({
        pack: pack.pack,
        title: pack.title[language],
        versions: versionsOf(pack),
        rules: pack.rules.length,
      })),
    };
  }

  /** Refuses with NOT_FOUND for a pack or version that there is not, naming those that there are. */
  find(name: string, { at, version, audience = 'staff' }: PackRequest, language: Language): PackView {
    const newest = findPack(name);
    if (!newest) throw new Refusal(NOT_FOUND, { detail: `There is no pack of that name; known are ${PACK_NAMES.join(', ')}.` });
    const versions = versionsOf(newest);
    const pack = findPack(name, version);
    if (!pack) throw new Refusal(NOT_FOUND, { detail: `${name} has no version ${version}; known are ${versions.join(', ')}.` });
    // The local date as it was written: rows begin and end at dates of the debtor's calendar.
    return toPackView(pack, versions, { language, audience, at: at?.slice(0, 10) ?? null });
  }
}
