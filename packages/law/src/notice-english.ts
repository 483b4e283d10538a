import type { ComposedNotice, NoticeFields } from './notice.ts'
import type { RegimeName } from './regimes.ts'
import { statutes, type ItemType, type StatuteId } from './statutes.ts'

const itemTypes: Record<ItemType, string> = {
  filmed: 'Intimate image or video distributed without consent',
  falsified: 'Falsified intimate image or video (deepfake)',
  child: 'Sexual exploitation material of a child',
}

const titles: Record<RegimeName, string> = {
  krTelecom: 'Report and request to delete illegally filmed material',
  krSvpa: 'Request to delete or block illegally filmed material',
  usTakeItDown: 'Request to remove a nonconsensual intimate visual depiction',
  euDsa: 'Notice of illegal content',
  ukOsa: 'Intimate image content report',
  generic: 'Request to remove an intimate image distributed without consent',
}

/** The notice in English. */
export function english(regime: RegimeName, fields: NoticeFields): ComposedNotice {
  const again = fields.reminder > 0 ? ' (reminder)' : ''
  const subject = `[Removal request] ${titles[regime]}${again} (reference ${fields.reference})`
  return {
    subject,
    text: [...head(regime, fields), ...item(fields), ...body(regime, fields), ...tail(fields)].join('\n'),
  }
}

function head(regime: RegimeName, fields: NoticeFields): string[] {
  return [
    titles[regime],
    '',
    `Reference: ${fields.reference}`,
    '',
    '1. Requester',
    `  Organisation: ${fields.requester.organisation.en}`,
    `  Capacity: ${fields.requester.capacity.en}`,
    `  Contact: ${fields.requester.contact}`,
    '  The identity of the person depicted is not disclosed (Republic of Korea, Act on Special Cases Concerning the Punishment of Sexual Crimes, Article 24).',
    '',
  ]
}

function item(fields: NoticeFields): string[] {
  return [
    '2. Material',
    `  Kind: ${itemTypes[fields.itemType]}`,
    `  Exact location (URL): ${fields.url}`,
    `  Offence: ${statutes[fields.offence].en}`,
    '',
    '3. Why it is unlawful',
    `  ${fields.reason.en}`,
    '',
  ]
}

function body(regime: RegimeName, fields: NoticeFields): string[] {
  return ['4. What is asked', ...history(fields), ...asked(regime, fields).map(line => `  ${line}`), '']
}

function history(fields: NoticeFields): string[] {
  const lines: string[] = []
  if (fields.reminder > 0 && fields.firstAskedOn !== undefined)
    lines.push(
      `  We asked the same on ${fields.firstAskedOn}. The material is still at this address; we ask again.`,
    )
  if (fields.round > 1)
    lines.push('  The material had been verified as removed and has been put up again at this address.')
  if (fields.addressee === 'host' && fields.firstAskedOn !== undefined)
    lines.push(
      `  The operator of the site was asked from ${fields.firstAskedOn} on and has not removed it. We therefore ask you, who host or deliver it.`,
    )
  return lines
}

function asked(regime: RegimeName, fields: NoticeFields): string[] {
  const remove =
    'Please remove the material at this address, and known identical copies of it, or disable access to them, and answer to this mail with what was done.'
  const kept = fields.isChild
    ? 'This is material of a child: do not view, copy or forward it, and preserve the access records that an investigation needs.'
    : 'Please preserve the account and access records that an investigation needs.'
  return [...grounds(regime, fields), remove, kept]
}

const law = (id: StatuteId) => statutes[id].en

function grounds(regime: RegimeName, fields: NoticeFields): string[] {
  return regime === 'krSvpa' ? [duty(fields)] : [claims[regime]]
}

const claims: Record<Exclude<RegimeName, 'krSvpa'>, string> = {
  krTelecom: `This is a report and request under the ${law('krTba22x5')}.`,
  usTakeItDown: `This is a notification under the ${law('usTida')}. A covered platform removes the depiction within 48 hours of receiving a valid request and makes reasonable efforts to remove known identical copies.`,
  euDsa: `This is a notice under ${law('euDsa16')}. Please confirm its receipt and tell us your decision with reasons.`,
  ukOsa: `Please treat this as an intimate image content report under the ${law('ukOsa10')}. We have not been able to confirm whether its 48-hour duty has commenced; in either case we also ask under your own terms of service.`,
  generic:
    'The material shows a person intimately without that person’s consent. We ask under the law of the Republic of Korea and under your own terms of service.',
}

/** To the regulator: at once, what the police must ask (23-2); on its own rung, what starts the seven days. */
function duty(fields: NoticeFields): string {
  const own = law(fields.isChild ? 'krCpa38x2' : 'krSvpa23x2')
  if (fields.firstAskedOn === undefined) return `Deletion or blocking is requested under the ${own}.`
  return `Deliberation and a correction demand are requested under the ${own}; and the ${law('krNa44x7')}: deliberation within seven days on request of the head of an investigative agency.`
}

function tail(fields: NoticeFields): string[] {
  return [
    ...(fields.goodFaith
      ? [
          'The information in this notice is accurate, and we believe in good faith that the material is published without the consent of the person depicted, on whose behalf we are authorised to act.',
          '',
        ]
      : []),
    'This notice names the location of unlawful material. Do not republish it, in public databases or anywhere else, and do not forward it to the uploader.',
    '',
    fields.signedOn,
    fields.signature.en,
  ]
}
