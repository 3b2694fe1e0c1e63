import { Injectable } from '@nestjs/common';
import { PACK_NAMES, PACKS, type Language, type Pack } from '#contact-rules';
import { NOT_FOUND, Refusal } from '#problem';
import { toPackView } from './pack-view.ts';
import type { PackList, PackRequest, PackView } from './pack.dto.ts';

/** Every version of a pack, oldest first. */
const versionsOf = (name: string): readonly Pack[] => PACKS.filter(({ pack }) => pack === name);

/** The packs that this release has, for whoever reads them. */
@Injectable()
export class PackService {
  list(language: Language): PackList {
    const items = PACK_NAMES.flatMap((name) => {
      const versions = versionsOf(name);
      const newest = versions.at(-1);
      if (!newest) return [];
      const title = newest.title[language];
      return [{ pack: name, title, versions: versions.map(({ version }) => version), rules: newest.rules.length }];
    });
    return { items };
  }

  /** Refuses with NOT_FOUND for a pack or version that there is not, naming those that there are. */
  find(name: string, { at, version, audience = 'staff' }: PackRequest, language: Language): PackView {
    const packs = versionsOf(name);
    if (packs.length === 0) throw new Refusal(NOT_FOUND, { detail: `There is no pack of that name; known are ${PACK_NAMES.join(', ')}.` });
    const versions = packs.map((each) => each.version);
    const pack = version === undefined ? packs.at(-1) : packs.find((each) => each.version === version);
    if (!pack) throw new Refusal(NOT_FOUND, { detail: `${name} has no version ${version}; known are ${versions.join(', ')}.` });
    // The local date as it was written: rows begin and end at dates of the debtor's calendar.
    return toPackView(pack, versions, { language, audience, at: at?.slice(0, 10) ?? null });
  }
}
